import Basics
import Glibc
import SystemPackage

/// Compiles an export to C and runs it.
struct CRunner: ExportRunner {
  private let scratch: ScratchFolder
  private let classes: Int

  /// Compiles the code of a folder with `$CC`, else `cc`.
  ///
  /// - Throws: `RunnerError`, `FileError`.
  init(folder: FilePath, classes: Int) throws {
    self.classes = classes
    scratch = try ScratchFolder()
    let main = scratch.path.appending("main.c")
    try AtomicFile.write(Self.source, to: main)
    let compiler = getenv("CC").map { FilePath(platformString: $0) } ?? "cc"
    let outcome = ExternalProgram.run(
      [
        compiler, "-std=c99", "-O3", "-ffp-contract=off", "-I", folder, "-o",
        scratch.path.appending("run"), main, folder.appending("kws_model.c"), "-lm",
      ], scratch: scratch.path)
    if outcome.code == 127 {
      throw RunnerError.missing("\(compiler): no such C compiler; set CC, or do not verify")
    }
    guard outcome.code == 0 else {
      throw RunnerError(program: "\(compiler)", errors: outcome.errors)
    }
  }

  func posteriors(of clips: [WindowedClip]) throws -> [[[Float]]] {
    let (source, target) = (scratch.path.appending("clips"), scratch.path.appending("posteriors"))
    try AtomicFile.write(FloatLists.encoded(clips.map(\.samples)), to: source)
    let outcome = ExternalProgram.run(
      [scratch.path.appending("run"), source, target], scratch: scratch.path)
    guard outcome.code == 0 else {
      throw RunnerError(program: "the exported code", errors: outcome.errors)
    }
    let rows = FloatLists.decoded(try readFile(target, limit: 1 << 32), of: classes)
    return try grouped(rows, by: clips, program: "the exported code")
  }

  /// Reads clips from one file and writes the posteriors of their windows into another.
  private static let source = """
    #include <stdio.h>
    #include "kws_model.h"

    static kws_model model;
    static float samples[4096];

    int main(int argc, char **argv) {
      FILE *source = argc == 3 ? fopen(argv[1], "rb") : NULL;
      FILE *target = argc == 3 ? fopen(argv[2], "wb") : NULL;
      float posteriors[KWS_MODEL_CLASSES];
      unsigned int left;
      if (!source || !target) return 1;
      while (fread(&left, sizeof left, 1, source) == 1) {
        kws_model_reset(&model);
        while (left > 0) {
          size_t count = left < 4096 ? left : 4096;
          if (fread(samples, sizeof *samples, count, source) != count) return 1;
          left -= (unsigned int)count;
          for (size_t done = 0; done < count;) {
            done += kws_model_push(&model, samples + done, count - done);
            if (kws_model_next(&model, posteriors))
              fwrite(posteriors, sizeof posteriors, 1, target);
          }
        }
        if (kws_model_finish(&model, posteriors)) fwrite(posteriors, sizeof posteriors, 1, target);
      }
      return fclose(target) != 0;
    }

    """
}
