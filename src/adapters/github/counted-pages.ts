import * as wording from "../../domain/wording/github.ts";
import { Fault } from "../../errors.ts";
import type { RepositoryRef } from "../../ports/repository.ts";
import { fields, integer, list } from "./json.ts";
import { readPages } from "./pages.ts";
import type { RepositoryCalls } from "./repository-calls.ts";

export interface CountedList {
  readonly route: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly doing: string;
  /** The field that holds the page's items. */
  readonly list: string;
}

/**
 * All pages of a list that GitHub counts (`total_count`). An item that moved to a page already read shows in the count: then
 * nothing is known. `status` other than 200: what GitHub answered instead of the first page.
 */
export async function readCounted(
  calls: RepositoryCalls,
  repository: RepositoryRef,
  apiUrl: string,
  wanted: CountedList,
): Promise<{ readonly status: number; readonly items: readonly unknown[] }> {
  const items: unknown[] = [];
  let status = 200;
  let pages = 0;
  let total = 0;
  await readPages(
    (next) =>
      calls.rest(repository, {
        route: wanted.route,
        parameters: { ...wanted.parameters, per_page: 100, ...next },
        doing: wanted.doing,
      }),
    apiUrl,
    (answer) => {
      status = answer.status;
      if (status !== 200) return "enough";
      const page = fields(answer.data, wanted.list);
      items.push(...list(page[wanted.list], wanted.list));
      total = integer(page, "total_count");
      pages += 1;
      return "more";
    },
  );
  const distinct = new Set(items.map((item) => fields(item, wanted.list)["id"]));
  if (pages > 1 && (status !== 200 || distinct.size < total)) {
    throw new Fault({
      kind: "retry-later",
      code: "github-inconsistent",
      doing: wanted.doing,
      detail: wording.githubItemsMissing(wanted.list, distinct.size, total),
    });
  }
  return { status, items };
}
