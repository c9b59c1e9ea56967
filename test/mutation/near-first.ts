import { BaseSequencer, type TestSpecification } from "vitest/node";

/**
 * The tests beside what was changed run first: `test/domain/tickets/key.test.ts` for `src/domain/tickets/key.ts`, then the others of the
 * folder. The first that fails ends the run, so a mutant that its own tests notice costs no other test.
 */
export class NearFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const [changed = ""] = this.ctx.config.related ?? [];
    const beside = beginningsOf(changed.replace("/src/", "/test/").replace(/\.ts$/, "."));
    const nearness = ({ moduleId }: TestSpecification) =>
      beside.filter((beginning) => moduleId.startsWith(beginning)).length;
    return Promise.resolve(
      files.toSorted(
        (one, other) => nearness(other) - nearness(one) || one.moduleId.localeCompare(other.moduleId),
      ),
    );
  }
}

/** `/a/`, `/a/b/`, `/a/b/c.` of `/a/b/c.` */
function beginningsOf(file: string): readonly string[] {
  return [...file.matchAll(/[/.]/g)].map(({ index }) => file.slice(0, index + 1));
}
