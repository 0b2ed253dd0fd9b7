import CNeural
