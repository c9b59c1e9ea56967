import type { Clock } from "../clock.ts";
import type { Database } from "../database/database.ts";
import { isInstallationId } from "../domain/brands.ts";
import { asError } from "../errors.ts";
import type { Log } from "../log.ts";
import type { AnchoredHead, AnchorsRead, KeepsAnchors } from "../ports/anchors.ts";
import { appendAudit, findAuditHash, isLossNoted, listAuditHeads } from "../store/audit.ts";

export interface AnchoringDependencies {
  readonly database: Database;
  readonly anchors: KeepsAnchors;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Keeps the ends of all chains that have moved since the last time outside the database: in a file, and in the log. A chain
 * that is shorter or other than it was kept says so itself from then on: a restored backup leaves a gap on record.
 */
export async function anchorAudit(dependencies: AnchoringDependencies): Promise<void> {
  const { database, anchors, clock, log } = dependencies;
  const kept = await readKept(dependencies);
  if (kept === null) return;
  if (kept.broken !== null) {
    log.error("the file with the audit's anchors was changed", { file: anchors.path, line: kept.broken });
  }
  const newest = new Map(kept.heads.map((head) => [head.installation, head]));
  for (const head of newest.values()) await noteLostHistory(dependencies, head);
  const moved = (await listAuditHeads(database)).filter(
    ({ installation, hash }) => newest.get(installation)?.hash !== hash,
  );
  if (moved.length === 0) return;
  try {
    const { line, hash } = await anchors.append(moved, clock.now());
    log.info("the audit was anchored", { line, hash, heads: JSON.stringify(moved.map(asTold)) });
  } catch (error) {
    log.error("the audit's anchors cannot be written; they are told here alone", {
      file: anchors.path,
      error: asError(error),
      heads: JSON.stringify(moved.map(asTold)),
    });
  }
}

async function readKept({ anchors, log }: AnchoringDependencies): Promise<AnchorsRead | null> {
  try {
    return await anchors.read();
  } catch (error) {
    log.error("the audit's anchors cannot be read", { file: anchors.path, error: asError(error) });
    return null;
  }
}

/** Once for each: the record that is appended becomes the next anchor, and it stands in the chain. */
async function noteLostHistory(
  { database, clock, log }: AnchoringDependencies,
  kept: AnchoredHead,
): Promise<void> {
  const { installation, sequence, hash } = kept;
  if (!isInstallationId(installation)) return;
  const found = await findAuditHash(database, installation, sequence);
  if (found === hash || (await isLossNoted(database, installation, hash))) return;
  log.error("the audit is not what it was: records are missing, or others than there were", {
    installation,
    sequence,
    kept: hash,
    found,
  });
  await database.transaction((transaction) =>
    appendAudit(transaction, {
      installationId: installation,
      at: clock.now(),
      record: { what: "history-lost", kept: { sequence, hash }, found },
    }),
  );
}

function asTold({ installation, sequence, hash }: AnchoredHead): readonly [number, number, string] {
  return [installation, sequence, hash];
}
