import Sound

/// The default of an option.
struct OptionDefault<Value: OptionValue>: Sendable {
  /// The phrase for a help text.
  let text: String
  /// The value; it may follow from the data, and from options further up in the table.
  let value: @Sendable (TrainingRecipe, TrainingDataSize) -> Value

  /// Always the same.
  static func always(_ value: Value) -> Self { Self(text: value.optionText) { _, _ in value } }

  /// By the data or by other options; `text` says how.
  static func by(
    _ text: String, _ value: @escaping @Sendable (TrainingRecipe, TrainingDataSize) -> Value
  ) -> Self { Self(text: text, value: value) }
}

/// The kinds of lines in the table.
extension TrainingOption {
  typealias Choice<Value> = WritableKeyPath<TrainingOptions, Value> & Sendable
  typealias Result<Value> = WritableKeyPath<TrainingRecipe, Value> & Sendable

  /// A choice that is left open until the size of the data is known.
  static func open<Value: OptionValue>(
    _ name: String, _ choice: Choice<Value?>, _ result: Result<Value>,
    in bounds: OptionBounds<Value> = .any, kind: Kind = .value, default: OptionDefault<Value>,
    _ help: String
  ) -> Self {
    Self(
      name, kind, in: bounds, help: help,
      Places(
        choice: { $0[keyPath: choice] }, choose: { $0[keyPath: choice] = $1 },
        result: { $0[keyPath: result] },
        fill: { options, data, recipe in
          recipe[keyPath: result] = options[keyPath: choice] ?? `default`.value(recipe, data)
        }, defaultText: `default`.text))
  }

  /// A choice that may stay open.
  static func optional<Value: OptionValue>(
    _ name: String, _ choice: Choice<Value?>, _ result: Result<Value?>,
    in bounds: OptionBounds<Value> = .any, valueName: String? = nil, defaultText: String? = nil,
    _ help: String
  ) -> Self {
    Self(
      name, in: bounds, valueName: valueName, help: help,
      Places(
        choice: { $0[keyPath: choice] }, choose: { $0[keyPath: choice] = $1 },
        result: { $0[keyPath: result] },
        fill: { options, _, recipe in recipe[keyPath: result] = options[keyPath: choice] },
        defaultText: defaultText))
  }

  /// A choice whose default stands in `TrainingOptions`.
  static func own<Value: OptionValue>(
    _ name: String, _ choice: Choice<Value>, _ result: Result<Value>,
    in bounds: OptionBounds<Value> = .any, _ help: String
  ) -> Self {
    Self(
      name, in: bounds, help: help,
      Places(
        choice: { $0[keyPath: choice] }, choose: { $0[keyPath: choice] = $1 },
        result: { $0[keyPath: result] },
        fill: { options, _, recipe in recipe[keyPath: result] = options[keyPath: choice] },
        defaultText: TrainingOptions(threads: 1)[keyPath: choice].optionText))
  }

  /// A choice about the run, false unless it is made.
  static func flag(_ name: String, _ choice: Choice<Bool>, _ help: String) -> Self {
    Self(name, .flag, help: help, Places<Bool>(choose: { $0[keyPath: choice] = $1 }))
  }

  /// A number of the augmentation.
  static func augmentation<Value: OptionValue>(
    _ name: String, _ part: WritableKeyPath<AugmentationOptions, Value> & Sendable,
    in bounds: OptionBounds<Value>, _ help: String
  ) -> Self {
    Self(
      name, in: bounds, help: help,
      Places(
        choice: { $0.augmentation[keyPath: part] }, choose: { $0.augmentation[keyPath: part] = $1 },
        // The recipe takes the augmentation as a whole.
        result: { $0.augmentation[keyPath: part] },
        defaultText: AugmentationOptions()[keyPath: part].optionText))
  }

  /// A number of the augmentation whose default `bySize` chooses.
  static func augmentation(
    _ name: String, _ part: WritableKeyPath<AugmentationOptions, Float?> & Sendable,
    in bounds: OptionBounds<Float>, default text: String, _ help: String,
    bySize: @escaping @Sendable (TrainingDataSize) -> Float
  ) -> Self {
    Self(
      name, in: bounds, help: help,
      Places(
        choice: { $0.augmentation[keyPath: part] }, choose: { $0.augmentation[keyPath: part] = $1 },
        result: { $0.augmentation[keyPath: part] },
        fill: { options, data, recipe in
          recipe.augmentation[keyPath: part] = options.augmentation[keyPath: part] ?? bySize(data)
        }, defaultText: text))
  }

  /// A change of the front end; its own checks and `config.json`'s `front-end` see the outcome.
  static func change<Value: OptionValue>(
    _ name: String, kind: Kind = .value, in bounds: OptionBounds<Value> = .any, _ help: String,
    _ change: @escaping @Sendable (inout FrontEndOptions, Value) -> Void
  ) -> Self {
    Self(
      name, kind, in: bounds, help: help,
      Places(choose: { options, value in options.addChange { change(&$0, value) } })
    ).ofModel
  }
}

extension TrainingOptions {
  /// Appends to the changes of the front end.
  mutating func addChange(_ change: @escaping @Sendable (inout FrontEndOptions) -> Void) {
    adjustFrontEnd = { [adjustFrontEnd] options in
      adjustFrontEnd(&options)
      change(&options)
    }
  }
}
