import SystemPackage
import TestSupport
import Testing

@testable import Basics
@testable import Exporting
@testable import Neural
@testable import Recognition
@testable import Sound

/// The exported code under AddressSanitizer and UndefinedBehaviorSanitizer, with samples and pieces
/// that no microphone gives.
///
/// `KWS_FUZZ_RUNS` sets how many calls, `KWS_FUZZ_SEED` which.
@Suite struct CFuzzTests {
  private let folder = TemporaryFolder()

  private static let compiler: [FilePath] = [
    "gcc", "-std=c99", "-O1", "-g", "-ffp-contract=off",
    "-fsanitize=address,undefined,float-cast-overflow", "-fno-sanitize-recover=all",
  ]

  /// Whether there is a gcc with its sanitizers.
  private static let isThere: Bool = {
    let scratch = TemporaryFolder()
    scratch.write("empty.c", text: "int main(void) { return 0; }\n")
    let command = compiler + ["-o", scratch["empty"], scratch["empty.c"]]
    return ExternalProgram.run(command, scratch: scratch.path).code == 0
      && ExternalProgram.run([scratch["empty"]], scratch: scratch.path).code == 0
  }()

  /// Calls in a random order.
  ///
  /// The pieces are on the heap with no room to spare, so that one number too far is found. Whatever went in, posteriors are numbers whose sum is 1, and events have sane times.
  private static let main = """
    #include "kws_model.h"
    #include <stdio.h>
    #include <stdlib.h>
    #include <string.h>

    static unsigned long long state;
    static unsigned int next(void) {
      state = state * 6364136223846793005ull + 1442695040888963407ull;
      return (unsigned int)(state >> 33);
    }
    static size_t piece_size(void) {
      static const size_t sizes[] = {0, 1, 2, 7, 61, 127, 997, 1024, 4093, 40009};
      return sizes[next() % (sizeof sizes / sizeof *sizes)];
    }
    static float bits(unsigned int pattern) {
      float value;
      memcpy(&value, &pattern, sizeof value);
      return value;
    }
    static float sample(int kind, size_t i) {
      switch (kind) {
      case 0: return 0.0f;
      case 1: return i / 40 % 2 ? 1.0f : -1.0f;
      case 2: return bits(next() << 1 ^ next());
      case 3: return i % 50 ? 0.1f : bits(0x7FC00000u);
      case 4: return i % 50 ? 0.1f : bits(i % 100 ? 0x7F800000u : 0xFF800000u);
      case 5: return bits(next() % 2 ? 0x497FFFFFu : 0xC97FFFFFu);
      case 6: return bits(next() % 0x00800000u);
      default: return (float)next() / 1073741824.0f - 1.0f;
      }
    }
    static void fail(const char *what) {
      fprintf(stderr, "%s\\n", what);
      exit(2);
    }
    static int windows;
    static void check(const float *posteriors) {
      double sum = 0.0;
      for (int i = 0; i < KWS_MODEL_CLASSES; i++) {
        if (!(posteriors[i] >= 0.0f && posteriors[i] <= 1.0f)) fail("a posterior is no probability");
        sum += (double)posteriors[i];
      }
      if (!(sum > 0.999 && sum < 1.001)) fail("the posteriors' sum is not 1");
      if (kws_model_answer(posteriors) >= KWS_MODEL_CLASSES) fail("no such answer");
      if (strlen(kws_model_label(posteriors)) == 0) fail("an empty label");
      windows++;
    }
    int main(int argc, char **argv) {
      kws_model *model = (kws_model *)malloc(sizeof *model);
      float *posteriors = (float *)malloc(KWS_MODEL_CLASSES * sizeof *posteriors);
      kws_model_event event;
      if (argc != 3 || !model || !posteriors) return 1;
      state = strtoull(argv[2], NULL, 10);
      /* Scratch may hold anything. */
      memset(model, 0xA5, sizeof *model);
      kws_model_reset(model);
      for (int run = atoi(argv[1]); run > 0; run--) {
        int kind = (int)(next() % 8);
        size_t count = piece_size();
        int is_short = next() % 3 == 0;
        float *samples = (float *)malloc(count * sizeof *samples + !count);
        short *shorts = (short *)malloc(count * sizeof *shorts + !count);
        if (!samples || !shorts) return 1;
        for (size_t i = 0; i < count; i++) {
          samples[i] = sample(kind, i);
          shorts[i] = kind == 0 ? 0 : kind == 1 ? (short)(i % 2 ? 32767 : -32768) : (short)next();
        }
        for (size_t done = 0; done < count || count == 0;) {
          size_t taken = is_short ? kws_model_push_int16(model, shorts + done, count - done)
                                  : kws_model_push(model, samples + done, count - done);
          if (taken > count - done || (count > 0 && taken == 0)) fail("it took none or too many");
          done += taken;
          if (next() % 4 && kws_model_next(model, posteriors)) check(posteriors);
          if (next() % 4) {
            while (kws_model_next_event(model, &event)) {
              if (event.label < 0 || event.label >= KWS_MODEL_CLASSES) fail("no such label");
              if (!(event.start >= 0.0 && event.start <= event.end && event.end <= event.decided))
                fail("an event's times");
              if (!(event.probability >= 0.0f && event.probability <= 1.001f))
                fail("an event's probability");
            }
          }
          if (count == 0) break;
        }
        free(samples);
        free(shorts);
        if (next() % 16 == 0 && kws_model_finish(model, posteriors)) check(posteriors);
        if (next() % 16 == 0) kws_model_reset(model);
      }
      free(model);
      free(posteriors);
      fprintf(stderr, "%d windows\\n", windows);
      return 0;
    }
    """

  private static let models: [@Sendable () -> KeywordModel] = [
    { ExportFixture.model(layers: 2) },
    { ExportFixture.model(directions: .forward, pooling: .last, frontEnd: .kaldi(8_000)) },
    {
      var options = FrontEndOptions(preset: .kws, sampleRate: 8_000)
      (options.subtractsClipMean, options.energy, options.hopLength) = (true, .frame, 400)
      return ExportFixture.model(pooling: .attention, frontEnd: options)
    },
    {
      var model = ExportFixture.model(pooling: .mean)
      model.window = ClipWindow(minimumSeconds: 0.05, maximumSeconds: 0.777, hopSeconds: 0.1)
      model.rule.smoothing = 3
      return model
    },
  ]

  /// Compiles an export with the calls above, after a change of its code, and runs it.
  private func outcome(
    _ export: CExport, seed: Int, runs: Int, change: (inout String) -> Void = { _ in }
  ) throws -> ExternalProgram.Outcome {
    try export.write(to: folder.path)
    var code = try #require(TemporaryFolder.text(folder["kws_model.c"]))
    change(&code)
    folder.write("kws_model.c", text: code)
    folder.write("fuzz.c", text: Self.main)
    let compiled = ExternalProgram.run(
      Self.compiler + [
        "-Wall", "-Wextra", "-Werror", "-o", folder["fuzz"], folder["fuzz.c"],
        folder["kws_model.c"], "-lm",
      ], scratch: folder.path)
    try #require(compiled.code == 0, "\(compiled.errors)")
    return ExternalProgram.run(
      [folder["fuzz"], FilePath("\(runs)"), FilePath("\(seed)")], scratch: folder.path)
  }

  @Test(
    .enabled(if: isThere, "gcc has no sanitizers"), arguments: models.indices,
    ExportedWeights.allCases)
  func nothingIsFound(_ index: Int, _ weights: ExportedWeights) throws {
    let runs = FileDamage.number("KWS_FUZZ_RUNS") ?? 60
    let seed = FileDamage.number("KWS_FUZZ_SEED") ?? 1
    let outcome = try outcome(
      CExport(Self.models[index](), weights: weights), seed: seed + index, runs: runs)
    #expect(outcome.code == 0, "\(outcome.errors)")
    let windows = outcome.errors.split(separator: " ").first.flatMap { Int($0) } ?? 0
    #expect(windows >= runs, "\(outcome.errors)")
  }

  /// What the test is worth: a lost check of samples and a ring without an end are found.
  @Test(
    .enabled(if: isThere, "gcc has no sanitizers"),
    arguments: [
      ("!(sample > -1048576.0f && sample < 1048576.0f)", "sample > 2e38f"),
      ("(model->ring_end + 1) % RING", "model->ring_end + 1"),
    ])
  func aFaultIsFound(_ right: String, _ wrong: String) throws {
    let outcome = try outcome(CExport(Self.models[0]()), seed: 1, runs: 60) { code in
      #expect(code.contains(right))
      code.replace(right, with: wrong)
    }
    #expect(outcome.code != 0)
  }
}
