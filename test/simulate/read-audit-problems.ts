import { createAnchorFile } from "../../src/adapters/anchors/anchor-file.ts";
import { openDatabase } from "../../src/database/open-database.ts";
import { isInstallationId } from "../../src/domain/brands.ts";
import { listAuditHeads, verifyAudit } from "../../src/store/audit.ts";
import { findDoubledRecords } from "../chaos/judge/doubled-records.ts";
import { SILENT } from "./silent-log.ts";

/** What `holdpoint audit verify` finds, and what is on record twice: nothing, where every chain is whole and agrees with its anchors. */
export async function readAuditProblems(url: string, dataDirectory: string): Promise<readonly string[]> {
  const database = await openDatabase({ url, purpose: "work", log: SILENT });
  try {
    const { heads, broken } = await createAnchorFile(dataDirectory).read();
    const problems = [
      ...(broken === null ? [] : ["the anchors cannot be read"]),
      ...(await findDoubledRecords(database)),
    ];
    for (const { installation } of await listAuditHeads(database)) {
      if (!isInstallationId(installation)) continue;
      const verdict = await verifyAudit(
        database,
        installation,
        heads.filter((head) => head.installation === installation),
      );
      if (verdict.state === "broken") {
        problems.push(`record ${String(verdict.sequence)} is ${verdict.because}`);
      }
    }
    return problems;
  } finally {
    await database.close();
  }
}
