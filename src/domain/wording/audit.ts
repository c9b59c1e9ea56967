import { visibleText } from "../escape/visible-text.ts";
import { counted } from "./counted.ts";

export function auditVerifyHelp(): string {
  return `holdpoint audit verify [--json]

Walks the record of every installation from its start and names the first entry that was changed, removed,
inserted or moved. Compares it with the anchors, the ends that were kept outside the database in
HOLDPOINT_DATA_DIR, so that a tail that was cut off or a record that was computed anew is found too. Needs the
database: DATABASE_URL, or the data folder of Holdpoint's own. Run it on the machine that keeps the anchors.
Exit code 0: all is whole. 1: something is not. 2: it could not look.
`;
}

const BECAUSE = {
  missing: "is missing",
  altered: "was altered",
  "not-linked": "does not follow from the one before it",
  "cut-off": "is missing with all after it: the anchors know of more",
} as const;

export interface AuditTold {
  readonly installation: number;
  /** null: nobody remembers whose it is. */
  readonly account: string | null;
  readonly records: number;
  /** How far the anchors vouch for it; 0: not at all. */
  readonly anchored: number;
  readonly broken: { readonly sequence: number; readonly because: keyof typeof BECAUSE } | null;
}

/** One line for each installation. */
export function auditRow({ installation, account, records, anchored, broken }: AuditTold): string {
  const whose = `installation ${installation}${account === null ? "" : ` (${visibleText(account, 60)})`}`;
  if (broken !== null) return `${whose}: record ${broken.sequence} ${BECAUSE[broken.because]}.`;
  const vouched = anchored === 0 ? "not anchored yet" : `anchored up to ${anchored}`;
  return `${whose}: ${counted(records, "record")}, whole; ${vouched}.`;
}

export interface AnchorsTold {
  readonly path: string;
  readonly lines: number;
  readonly newest: Date | null;
  readonly broken: number | null;
}

/** What the anchors are worth. */
export function anchorsRow({ path, lines, newest, broken }: AnchorsTold): string {
  const file = visibleText(path, 400);
  if (broken !== null) {
    return `${file}: line ${broken} was changed, or one before it is missing. The log tells every line's number and hash.`;
  }
  if (newest === null) {
    return `${file}: there are no anchors here. Without them nobody can see whether the newest records were cut off.`;
  }
  return `${file}: ${counted(lines, "anchor")}, the newest of ${newest.toISOString()}.`;
}

export function nothingAudited(): string {
  return "Nothing is on record yet.";
}
