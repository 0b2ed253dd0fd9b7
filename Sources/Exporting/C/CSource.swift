import Neural
import Recognition
import Sound

/// `kws_model.c`: the code, and behind it the model's numbers.
enum CSource {
  static func text(
    _ model: KeywordModel, _ sizes: CSizes, _ weights: ExportedWeights, source: String
  ) -> String {
    let sections =
      [
        head(model, source: source), sizesText(model, sizes),
        CTables.declarations(model, weights), CFrontEnd.transform,
        CFrontEnd.frame(model.frontEnd), CWindow.features(model.frontEnd),
        CNetwork.lstm(weights), CNetwork.recognise(model.network.shape),
        CEvents.tables(model), CEvents.code,
        CWindow.stream(model.frontEnd), CWindow.answer,
      ] + CTables.definitions(model, weights)
    return sections.joined(separator: "\n\n") + "\n"
  }

  private static func head(_ model: KeywordModel, source: String) -> String {
    """
    /* A keyword recogniser; kws_model.h describes its use.

       Written by \(source).
       The templates of kws are under the MIT licence; this file is yours.

       The way of a sample: frame, window, Fourier transform, mel bands, logarithm, cosine transform,
       slopes, normalisation, LSTM, pooling, softmax, rule for events. The model's numbers stand at the end. */
    #include "kws_model.h"

    #include <math.h>
    #include <string.h>
    """
  }

  private static func sizesText(_ model: KeywordModel, _ sizes: CSizes) -> String {
    let (options, shape) = (model.frontEnd, model.network.shape)
    let entries: [(name: String, value: String, meaning: String)] = [
      ("FRAME", "\(options.windowLength)", "samples in a frame"),
      ("FRAME_HOP", "\(options.hopLength)", "samples from one frame to the next"),
      ("LENGTH", "\(options.fftLength)", "samples in a Fourier transform"),
      ("BINS", "LENGTH / 2 + 1", "from 0 Hz to half the sample rate"),
      ("BANDS", "\(options.melBands)", "mel bands"),
      ("COEFFICIENTS", "\(options.coefficients)", "of a frame, without slopes"),
      ("ORDERS", "\(options.deltaOrder)", "slopes, and slopes of slopes"),
      ("REACH", "\(options.deltaReach)", "frames on either side of a slope"),
      ("FEATURES", "KWS_MODEL_FEATURES", "of a frame, with slopes"),
      ("RING", "KWS_MODEL_FRAMES + 1", "frames that are kept"),
      ("HOP_FRAMES", "KWS_MODEL_HOP / FRAME_HOP", "from one window to the next"),
      ("MINIMUM", "\(sizes.minimum)", "samples of the shortest clip that is not padded"),
      ("HIDDEN", "\(shape.hidden)", "units of one direction of a layer"),
      ("GATES", "4 * HIDDEN", "input, forget, candidate, output"),
      ("DIRECTIONS", "\(shape.directions.rawValue)", "1 is forward only"),
      ("STATES", "DIRECTIONS * HIDDEN", "numbers in a layer's frame"),
      ("LAYERS", "\(shape.layers)", "LSTM layers"),
      ("POOLED", "\(shape.pooled)", "numbers in a window's vector"),
      ("CLASSES", "KWS_MODEL_CLASSES", "numbers in its posteriors"),
      ("SMOOTHING", "\(model.rule.smoothing)", "windows whose posteriors are averaged"),
    ]
    let lines = entries.enumerated().map { index, entry in
      let definition = "  \(entry.name) = \(entry.value)" + (index < entries.count - 1 ? "," : "")
      let gap = String(repeating: " ", count: max(1, 44 - definition.utf8.count))
      return definition + gap + "/* \(entry.meaning) */"
    }
    return (["enum {"] + lines + ["};"]).joined(separator: "\n")
  }
}
