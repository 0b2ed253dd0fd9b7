import Neural
import Recognition
import Sound

/// Teachers that answer batches of a training.
struct TeacherPanel: Sendable {
  private struct Member: Sendable {
    let inference: Inference<Float>
    /// (C): where each class of the training stands among those of the teacher.
    let columns: [Int]
    /// (F): from features normalised for the training to those of the teacher, x scale + offset.
    let scale: [Float]
    let offset: [Float]

    /// The batch with the teacher's normalisation.
    func batch(_ batch: SequenceBatch<Float>) -> SequenceBatch<Float> {
      let width = batch.featureCount
      return SequenceBatch(
        featureCount: width,
        sequences: batch.sequences.map { values in
          var values = values
          for start in stride(from: 0, to: values.count, by: width) {
            for index in 0..<width {
              values[start + index] = values[start + index] * scale[index] + offset[index]
            }
          }
          return values
        })
    }
  }

  private let members: [Member]
  private let share: Double
  private let temperature: Double

  /// - Parameters:
  ///   - teachers: Models of the same classes and features.
  ///   - labels: (C), the classes of the training.
  ///   - normalization: That of the training's features.
  ///   - threads: Number of threads.
  init(
    _ teachers: Teachers, labels: [String], normalization: FeatureNormalization, threads: Int
  ) {
    (share, temperature) = (teachers.share, teachers.temperature)
    members = teachers.models.map { model in
      let own = model.normalization
      let scale = zip(normalization.deviation, own.deviation).map(/)
      let offset = zip(zip(normalization.mean, own.mean), own.deviation).map {
        ($0.0 - $0.1) / $1
      }
      return Member(
        inference: Inference(model.network, threads: threads),
        columns: labels.map { model.labels.firstIndex(of: $0)! }, scale: scale, offset: offset)
    }
  }

  /// The mean of the teachers' probabilities at their temperature.
  func targets(_ batch: SequenceBatch<Float>) -> SoftTargets<Float> {
    var sums: [[Float]] = []
    for member in members {
      let logits = member.inference.logits(member.batch(batch))
      let answers = logits.map { row in
        softmax(member.columns.map { row[$0] / Float(temperature) })
      }
      sums =
        sums.isEmpty ? answers : zip(sums, answers).map { sum, row in zip(sum, row).map(+) }
    }
    let count = Float(members.count)
    return SoftTargets(
      probabilities: sums.map { row in row.map { $0 / count } }, temperature: temperature,
      share: share)
  }
}
