import type { AttachedTicket } from "../../domain/contents/deploy-contents.ts";
import type { CommitSha } from "../../domain/model.ts";
import * as wording from "../../domain/wording/cockpit/mending.ts";
import type { Person, VisibleRepository } from "../person.ts";
import { type Html, html } from "../view/html.ts";

/** Attaches a ticket to a commit that carries none, and shows what is attached to it already, with a way to take it off. */
export function attachForm({
  repository,
}: {
  readonly repository: VisibleRepository;
  readonly person: Person;
  readonly commit: { readonly sha: CommitSha; readonly attached: readonly AttachedTicket[] };
  readonly environment: string;
  /** The policy's list; empty: any. */
  readonly projects: readonly string[];
}): Html {
  if (repository.right === "read") return html`<p class="color-fg-muted">${wording.needsWriteAccess()}</p>`;
  return html`<span>${wording.attachTicket()}</span>`;
}
