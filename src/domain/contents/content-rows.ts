import type { CommitSha } from "../model.ts";
import type { ContentCommit, ContentTicket, DeployContents } from "./deploy-contents.ts";

/** One row of what a deploy contains: a ticket with its commits, or a commit that carries none. */
export type ContentRow =
  | { readonly kind: "ticket"; readonly ticket: ContentTicket; readonly commits: readonly ContentCommit[] }
  | { readonly kind: "commit"; readonly commit: ContentCommit };

export type CommitsBySha = ReadonlyMap<CommitSha, ContentCommit>;

/** Commits of a deploy by their sha: lists name them by it. */
export function commitsBySha({ commits }: Pick<DeployContents, "commits">): CommitsBySha {
  return new Map(commits.map((commit) => [commit.sha, commit]));
}

/**
 * In the order in which people mend them: tickets that hold, commits without one, what is not known, what one should know, what is
 * fine, and at the end what goes out as nothing.
 */
export function contentRows(contents: DeployContents, commits: CommitsBySha): readonly ContentRow[] {
  const { tickets, unticketed } = contents;
  const holding = tickets.findIndex(({ outcome, reverted }) => outcome !== "fail" || reverted);
  const cut = holding === -1 ? tickets.length : holding;
  return [
    ...tickets.slice(0, cut).map((ticket) => ticketRow(ticket, commits)),
    ...unticketed.flatMap((sha): readonly ContentRow[] => {
      const commit = commits.get(sha);
      return commit === undefined ? [] : [{ kind: "commit", commit }];
    }),
    ...tickets.slice(cut).map((ticket) => ticketRow(ticket, commits)),
  ];
}

function ticketRow(ticket: ContentTicket, commits: CommitsBySha): ContentRow {
  return { kind: "ticket", ticket, commits: ticket.commits.flatMap((sha) => commits.get(sha) ?? []) };
}

/** Those rows in which key, summary, an author, a subject or a commit has that text in it; all for an empty one. */
export function searchRows(
  rows: readonly ContentRow[],
  query: string,
  { showsTexts }: { readonly showsTexts: boolean },
): readonly ContentRow[] {
  const wanted = query.trim().toLowerCase();
  if (wanted === "") return rows;
  return rows.filter((row) =>
    row.kind === "commit"
      ? isInCommit(row.commit, wanted)
      : row.ticket.key.toLowerCase().includes(wanted) ||
        (showsTexts &&
          row.ticket.facts.state === "known" &&
          row.ticket.facts.summary.toLowerCase().includes(wanted)) ||
        row.commits.some((commit) => isInCommit(commit, wanted)),
  );
}

function isInCommit({ sha, subject, author }: ContentCommit, wanted: string): boolean {
  return (
    sha.startsWith(wanted) || subject.toLowerCase().includes(wanted) || author.toLowerCase().includes(wanted)
  );
}

export interface ContentCounts {
  readonly tickets: number;
  readonly commits: number;
  readonly authors: number;
  /** Rows that hold or are not known. */
  readonly discrepancies: number;
}

/** What goes out, in numbers; what would be taken away is not of it. */
export function countContents({
  tickets,
  unticketed,
  commits,
  lost,
}: Pick<DeployContents, "tickets" | "unticketed" | "commits" | "lost">): ContentCounts {
  const taken = new Set(lost);
  const goingOut = commits.filter(({ sha }) => !taken.has(sha));
  return {
    tickets: tickets.filter(({ reverted }) => !reverted).length,
    commits: goingOut.length,
    authors: new Set(goingOut.map(({ author }) => author.toLowerCase())).size,
    discrepancies:
      unticketed.length + tickets.filter(({ outcome, reverted }) => outcome !== "pass" && !reverted).length,
  };
}
