import { createAnchorFile } from "../adapters/anchors/anchor-file.ts";
import { readDatabaseSettings } from "../config.ts";
import type { Database } from "../database/database.ts";
import { isInstallationId } from "../domain/brands.ts";
import {
  type AuditTold,
  anchorsRow,
  auditRow,
  auditVerifyHelp,
  nothingAudited,
} from "../domain/wording/audit.ts";
import type { AnchoredHead, AnchorsRead } from "../ports/anchors.ts";
import { listAuditHeads, verifyAudit } from "../store/audit.ts";
import { listAccounts } from "../store/installation.ts";
import type { Command } from "./command.ts";
import { readOptions } from "./read-options.ts";
import { withDatabase } from "./with-database.ts";

/** Whether the record of every change of state is whole; the first entry that is not, by its number. */
export const auditVerify: Command = {
  help: auditVerifyHelp(),
  async run(input) {
    const options = readOptions(input.arguments, { json: { type: "boolean" } });
    if (!options.ok) {
      input.err(options.problem);
      return 2;
    }
    return await withDatabase(input, "as-it-is", async ({ database }) => {
      // Read before: a setting that is wrong has been refused by now.
      const settings = readDatabaseSettings(input.environment, process.getuid?.() === 0);
      if (!settings.ok) return 2;
      const file = createAnchorFile(settings.value.dataDirectory);
      const anchors = await file.read();
      const installations = await verifyAll(database, anchors.heads);
      const whole = anchors.broken === null && installations.every(({ broken }) => broken === null);
      input.out(
        options.values["json"] === true
          ? asJson(whole, { path: file.path, ...anchors }, installations)
          : asText({ path: file.path, ...anchors }, installations),
      );
      return whole ? 0 : 1;
    });
  },
};

/** Those that are on record, and those that only an anchor tells of. */
async function verifyAll(database: Database, heads: readonly AnchoredHead[]): Promise<readonly AuditTold[]> {
  const stored = await listAuditHeads(database);
  const accounts = await listAccounts(database);
  const ids = [...new Set([...stored, ...heads].map(({ installation }) => installation))].sort(
    (a, b) => a - b,
  );
  const told: AuditTold[] = [];
  for (const installation of ids) {
    if (!isInstallationId(installation)) continue;
    const anchors = heads.filter((head) => head.installation === installation);
    const verdict = await verifyAudit(database, installation, anchors);
    told.push({
      installation,
      account: accounts.get(installation) ?? null,
      records: stored.find((one) => one.installation === installation)?.sequence ?? 0,
      anchored: Math.max(0, ...anchors.map(({ sequence }) => sequence)),
      broken: verdict.state === "intact" ? null : { sequence: verdict.sequence, because: verdict.because },
    });
  }
  return told;
}

type Anchors = AnchorsRead & { readonly path: string };

function asText(anchors: Anchors, installations: readonly AuditTold[]): string {
  const rows = installations.length === 0 ? [nothingAudited()] : installations.map(auditRow);
  return `${[...rows, anchorsRow(anchors)].join("\n")}\n`;
}

function asJson(
  whole: boolean,
  { path, lines, newest, broken }: Anchors,
  installations: readonly AuditTold[],
): string {
  const anchors = { file: path, lines, newest, broken_line: broken };
  return `${JSON.stringify({ schema: "holdpoint.audit/1", whole, anchors, installations })}\n`;
}
