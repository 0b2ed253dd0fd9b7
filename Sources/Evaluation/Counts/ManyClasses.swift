/// Where reports stop to hold what grows with the square of the classes, or with clips times classes.
public enum ManyClasses {
  /// Most classes with a whole confusion matrix as JSON and CSV, a probability of each class in the
  /// table of predictions, and every point of the curves.
  public static let mostInFiles = 1_000
  /// Most classes with a confusion matrix for people, on a page or a terminal.
  public static let mostForPeople = 200
  /// Of more classes than `mostInFiles`, curves keep every so many-th threshold: 38 or 39 of 771, which
  /// is one in 5/8 of the logarithm of the odds.
  static let curveStep = 20
  /// Most keywords with plots of their own on a page; the worst have them.
  public static let mostPlots = 60
}
