import type { SeenIssue } from "../../src/sandbox/spectator.ts";
import { DEFERRED_POLICY, type LongJob, openLongJob } from "./long-job.ts";
import type { SeenState, Shop } from "./shop.ts";

export const HOUR = 3_600_000;

export type Role = "admin" | "maintain" | "write" | "triage" | "read" | "none";

/** A repository in which people lift, halt and roll back. Everything is waited for. */
export interface HeldShop extends LongJob {
  /** The commit that is about to go out. */
  readonly head: string;
  /** The number of its one compliance issue. */
  readonly issue: number;
  readonly look: () => Promise<SeenIssue>;
  readonly label: (label: string, by: string, number?: number) => Promise<void>;
  readonly unlabel: (label: string, by: string, number?: number) => Promise<void>;
  readonly close: (by: string, number?: number) => Promise<void>;
  /** What Holdpoint said on an issue, oldest first, without its hidden marks. */
  readonly said: (number?: number) => Promise<readonly string[]>;
  readonly gate: (sha?: string) => Promise<SeenState["state"] | null>;
  readonly give: (login: string, role: Role) => Promise<void>;
  /** Records of the audit about holds, oldest first. */
  readonly onRecord: () => Promise<readonly Readonly<Record<string, unknown>>[]>;
}

/** Its long job is red, and its deadline is over unless `open`: deploys are halted. */
export async function openHeldShop(
  shop: Shop,
  { more = "", expired = true }: { readonly more?: string; readonly expired?: boolean } = {},
): Promise<HeldShop> {
  const long = await openLongJob(shop, DEFERRED_POLICY + more);
  const { control } = shop.box.github;
  const seen = await shop.spectatorOf("acme");
  await long.run("success");
  const head = await long.commit("Charge in euros", { author: "hubot" });
  await long.run("failure", head);
  await shop.tick("deadlines");
  if (expired) {
    shop.pass(73 * HOUR);
    await shop.tick("deadlines");
  }
  const [opened] = await long.issues();
  if (opened === undefined) throw new Error("a red job opens an issue");
  const issue = opened.number;
  const name = long.name;

  async function settle(): Promise<void> {
    await shop.quiet();
  }

  const held: HeldShop = {
    ...long,
    head,
    issue,
    async look() {
      const found = (await long.issues()).find(({ number }) => number === issue);
      if (found === undefined) throw new Error("the issue is gone");
      return found;
    },
    async label(label, by, number = issue) {
      await control.label({ repository: name, number, label, by });
      await settle();
    },
    async unlabel(label, by, number = issue) {
      await control.unlabel({ repository: name, number, label, by });
      await settle();
    },
    async close(by, number = issue) {
      await control.editIssue({ repository: name, number, state: "closed", by });
      await settle();
    },
    async said(number = issue) {
      const comments = await seen.comments(name, number);
      return comments.filter((body) => MARK.test(body)).map((body) => body.replace(MARK, "").trimEnd());
    },
    gate: async (sha = head) => (await long.status(sha, "holdpoint/gate"))?.state ?? null,
    async give(login, role) {
      await control.setPermission({ repository: name, login, role });
    },
    async onRecord() {
      const rows = await shop.db.database.query<{ record: Readonly<Record<string, unknown>> }>(
        `select record from holdpoint.audit
          where (record->>'repository')::bigint = $1
            and (record->>'what' ~ '^(override|halt|rollback|reason|policy-accepted|refused|command)')
          order by sequence`,
        [long.id],
      );
      return rows.map(({ record }) => record);
    },
  };
  return held;
}

/** Of answers and of notes. */
const MARK = /\n*<!-- holdpoint[^>]*-->\s*$/;
