import Recognition

/// The code of the rule for listening: from the posteriors of windows to events.
enum CEvents {
  /// The constants of the rule.
  static func tables(_ model: KeywordModel) -> String {
    let (rule, labels) = (model.rule, model.labels)
    let thresholds = labels.map { rule.threshold(of: $0, model.decision) }
    func array(_ declaration: String, _ values: [String]) -> String {
      "static " + CText.array("\(declaration)[CLASSES]", values)
    }
    let factors = rule.prior.flatMap { model.decision.prior.factors(to: $0, labels) }
    return [
      "/* The rule for events: one number a class, of which only those of keywords count. */\n"
        + array("int is_keyword", labels.map { ClassLabel.isKeyword($0) ? "1" : "0" }),
      "/* The averaged posterior at which a keyword fires, and below which it is released. */\n"
        + array("float fire_threshold", thresholds.map(CText.number)),
      "/* From posteriors of the answers' prior to those of the rule's, if they differ. */\n"
        + array("float prior_factors", (factors ?? labels.map { _ in 1 }).map(CText.number))
        + "\nstatic const int has_prior = \(factors == nil ? 0 : 1);",
      array(
        "float release_threshold",
        zip(thresholds, labels).map { CText.number($0 * rule[$1].releaseShare) }),
      "/* Windows in a row that must reach the threshold. */\n"
        + array("int least_windows", labels.map { "\(rule[$0].leastWindows)" }),
      "/* Seconds after the last window of an event in which its keyword does not fire again. */\n"
        + array("double refractory", labels.map { "\(rule[$0].refractorySeconds)" }),
      """
      /* Whether a keyword must also be the most probable class. */
      static const int must_be_likeliest = \(rule.mustBeLikeliest ? 1 : 0);
      /* Seconds that the decision waits for a likelier keyword; below 0, until the event is over. */
      static const double settle = \(rule.settleSeconds ?? -1);
      /* Share of a window's length after which another keyword may follow a decided event. */
      static const double next_word_share = \(ListeningRule.nextWordShare);
      /* Seconds that may be missing of it, by rounding. */
      static const double next_word_slack = \(ListeningRule.nextWordSlack);
      """,
    ].joined(separator: "\n\n")
  }

  /// The state of a stream's events, as members of its structure.
  static func members(_ model: KeywordModel) -> String {
    """
    /* The posteriors of the newest windows in a ring, and their mean. */
    float recent[\(model.rule.smoothing) * KWS_MODEL_CLASSES];
    int recent_count;
    int recent_end;
    float averaged[KWS_MODEL_CLASSES];
    /* Of each class, the windows in a row that reached its threshold, and where they begin. */
    int run[KWS_MODEL_CLASSES];
    double run_start[KWS_MODEL_CLASSES];
    /* Of each class, the start of the last window of its newest event; far before the stream if it had
       none. */
    double last[KWS_MODEL_CLASSES];
    /* The current event, the end of the window that fired it, and `last` of its class before it. */
    kws_model_event event;
    double fired;
    double before;
    int is_open;
    int is_held;
    int is_decided;
    /* The end of the newest window. */
    double end;
    /* Events that were not read yet. */
    kws_model_event events[2];
    int event_count;
    """
  }

  static let code = """
    /* The posteriors of the newest windows, at the rule's prior, become their mean. */
    static void average(kws_model *model) {
      float *newest = model->recent + model->recent_end * CLASSES;
      memcpy(newest, model->posteriors, sizeof model->posteriors);
      if (has_prior) {
        float sum = 0.0f;
        for (int i = 0; i < CLASSES; i++) sum += newest[i] *= prior_factors[i];
        for (int i = 0; i < CLASSES; i++) newest[i] /= sum;
      }
      model->recent_end = (model->recent_end + 1) % SMOOTHING;
      if (model->recent_count < SMOOTHING) model->recent_count++;
      memset(model->averaged, 0, sizeof model->averaged);
      for (int n = 0; n < model->recent_count; n++) {
        int row = (model->recent_end - model->recent_count + n + SMOOTHING) % SMOOTHING;
        for (int i = 0; i < CLASSES; i++) model->averaged[i] += model->recent[row * CLASSES + i];
      }
      for (int i = 0; i < CLASSES; i++) model->averaged[i] /= (float)model->recent_count;
    }

    /* Counts the windows in a row of each keyword; returns the likeliest that may fire, or -1. */
    static int find_strongest(kws_model *model, double start, int likeliest) {
      int strongest = -1;
      for (int i = 0; i < CLASSES; i++) {
        int may_be = likeliest < 0 || likeliest == i;
        if (!is_keyword[i]) continue;
        if (!may_be || model->averaged[i] < fire_threshold[i]) {
          model->run[i] = 0;
          continue;
        }
        if (model->run[i]++ == 0) model->run_start[i] = start;
        if (model->run[i] < least_windows[i]) continue;
        if (strongest < 0 || model->averaged[i] > model->averaged[strongest]) strongest = i;
      }
      return strongest;
    }

    /* Whether the refractory time of a keyword's newest event is over. */
    static int is_rested(const kws_model *model, int keyword, double start) {
      return start - model->last[keyword] > refractory[keyword];
    }

    /* Whether another keyword's windows began so late that its word is another than the event's. */
    static int is_after(const kws_model *model, int keyword, double start, double end) {
      double since = model->run_start[keyword] - model->last[model->event.label];
      return since >= (end - start) * next_word_share - next_word_slack;
    }

    /* The current event is decided with the window that ends at `end`, unless it was before. */
    static void decide(kws_model *model, double end) {
      if (!model->is_open || model->is_decided) return;
      model->is_decided = 1;
      model->event.decided = end;
      if (model->event_count < 2) model->events[model->event_count++] = model->event;
    }

    /* Extends the current event by a window, or ends it. */
    static void extend(kws_model *model, int strongest, double start, double end, int likeliest) {
      kws_model_event *event = &model->event;
      int keyword = event->label;
      int is_held = model->is_held && model->averaged[keyword] >= release_threshold[keyword] &&
                    (likeliest < 0 || likeliest == keyword);
      int is_rival = strongest >= 0 && strongest != keyword && is_rested(model, strongest, start);
      int is_next = model->is_decided && !is_held && is_rival && is_after(model, strongest, start, end);
      if (is_next || (!is_held && is_rested(model, keyword, start))) {
        decide(model, end);
        model->is_open = 0;
        return;
      }
      model->is_held = is_held || strongest == keyword;
      if (!model->is_held && (model->is_decided || !is_rival)) {
        /* There is nothing to wait for, unless the rule waits for the end. */
        if (settle >= 0.0) decide(model, end);
        return;
      }
      if (!model->is_decided) {
        int place = is_rival ? strongest : keyword;
        event->end = end;
        event->windows++;
        if (model->averaged[place] > event->probability) {
          event->probability = model->averaged[place];
          event->label = place;
          /* The keyword that is told of is the one that rests. */
          model->last[keyword] = model->before;
          model->before = model->last[place];
          model->is_held = 1;
        }
      }
      model->last[event->label] = start;
      if (settle >= 0.0 && end - model->fired >= settle) decide(model, end);
    }

    /* Follows the events of a stream; the window's posteriors are those of the model. */
    static void detect(kws_model *model, double start, double end) {
      int likeliest = -1, strongest;
      average(model);
      if (must_be_likeliest) {
        likeliest = 0;
        for (int i = 1; i < CLASSES; i++) {
          if (model->averaged[i] > model->averaged[likeliest]) likeliest = i;
        }
      }
      strongest = find_strongest(model, start, likeliest);
      if (model->is_open) extend(model, strongest, start, end, likeliest);
      if (model->is_open || strongest < 0 || !is_rested(model, strongest, start)) return;
      model->event.label = strongest;
      model->event.probability = model->averaged[strongest];
      model->event.start = model->run_start[strongest];
      model->event.end = end;
      model->event.windows = model->run[strongest];
      model->fired = end;
      model->before = model->last[strongest];
      model->last[strongest] = start;
      model->is_open = model->is_held = 1;
      model->is_decided = 0;
      if (settle >= 0.0 && settle <= 0.0) decide(model, end);
    }
    """
}
