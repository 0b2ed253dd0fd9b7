import Neural
import Sound
