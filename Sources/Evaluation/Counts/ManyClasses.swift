/// Numbers of classes above which reports leave out what grows with the square of the classes, or
/// with clips times classes.
public enum ManyClasses {
  /// Most classes with a complete confusion matrix in JSON and CSV, the probability of each class
  /// in the table of predictions, and every point of the curves.
  public static let mostInFiles = 1_000
  /// Most classes with a confusion matrix on a page or a terminal.
  public static let mostForPeople = 200
  /// With more classes than `mostInFiles`, curves keep one threshold of this many: 38 or 39 of 771,
  /// a step of 5/8 in the logarithm of the odds.
  static let curveStep = 20
  /// Most keywords with their own plots on a page; the worst ones are chosen.
  public static let mostPlots = 60
}
