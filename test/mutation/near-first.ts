import { BaseSequencer, type TestSpecification } from "vitest/node";

/**
 * The tests beside what was changed run first: `test/domain/tickets` for `src/domain/tickets`.
 * The first that fails ends the run, so a mutant that its own tests notice costs no other test.
 */
export class NearFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const [changed] = this.ctx.config.related ?? [];
    const beside = changed === undefined ? [] : foldersOf(changed.replace("/src/", "/test/"));
    const nearness = ({ moduleId }: TestSpecification) =>
      beside.filter((folder) => moduleId.startsWith(`${folder}/`)).length;
    return Promise.resolve(
      files.toSorted(
        (one, other) => nearness(other) - nearness(one) || one.moduleId.localeCompare(other.moduleId),
      ),
    );
  }
}

function foldersOf(file: string): readonly string[] {
  const names = file.split("/").slice(0, -1);
  return names.map((_, index) => names.slice(0, index + 1).join("/"));
}
