import type { AttachedTicket } from "../../domain/contents/deploy-contents.ts";
import { visibleText } from "../../domain/escape/visible-text.ts";
import type { CommitSha } from "../../domain/model.ts";
import type { StoredRequest } from "../../domain/requests/request.ts";
import { shortSha } from "../../domain/wording/counted.ts";
import { attachedBy } from "../../domain/wording/cockpit/contents.ts";
import * as wording from "../../domain/wording/cockpit/attaching.ts";
import type { Person, VisibleRepository } from "../person.ts";
import { form, hidden, submitButton, textInput } from "../view/form.ts";
import { type Html, html, NOTHING } from "../view/html.ts";
import { personLink } from "../view/links.ts";
import { mendingAddress } from "./mending-address.ts";

interface AttachGiven {
  readonly repository: VisibleRepository;
  readonly person: Person;
  readonly commit: { readonly sha: CommitSha; readonly attached: readonly AttachedTicket[] };
  readonly environment: string;
  /** The policy's list; empty: any. */
  readonly projects: readonly string[];
  /** What this person asked for last: what was refused stands in the form again. */
  readonly request?: StoredRequest | null;
}

/** Attaches a ticket to a commit that carries none; who only reads is not shown what they cannot use. */
export function attachForm(given: AttachGiven): Html {
  const { repository, commit, request = null } = given;
  if (repository.right === "read") return NOTHING;
  const wish = request?.state === "refused" && request.by.id === given.person.id ? request.wish : null;
  const refused = wish?.kind === "attach-ticket" && wish.sha === commit.sha ? wish : null;
  const typed = { ticket: refused?.ticket ?? "", because: refused?.because ?? "" };
  return html`<details class="hp-mend" id="attach-${commit.sha}" ${refused === null ? NOTHING : html`open`}>
    <summary aria-label="${wording.attachLabel(shortSha(commit.sha))}">${wording.attachTicket()}</summary>
    ${attachFields(given, typed, null)}
  </details>`;
}

/** The form itself; `error` is what is wrong with the key. */
export function attachFields(
  { repository, person, commit, environment, projects }: Omit<AttachGiven, "request">,
  typed: { readonly ticket: string; readonly because: string },
  error: string | null,
): Html {
  const { sha } = commit;
  const body = html`${hidden("sha", sha)} ${hidden("environment", environment)}
    <div class="hp-mend-attach">
      ${textInput({
        name: "ticket",
        id: `ticket-of-${sha}`,
        label: wording.ticketField(),
        value: typed.ticket,
        placeholder: wording.ticketExample(projects),
        hint: wording.ticketHint(projects),
        required: true,
        maxLength: 40,
        ...(error === null ? {} : { error }),
      })}
      ${textInput({
        name: "because",
        id: `reason-of-${sha}`,
        label: wording.reasonField(),
        value: typed.because,
        hint: wording.reasonHint(),
        required: true,
      })}
    </div>
    <div class="hp-actions">
      ${submitButton(wording.attachNow(), { label: `${wording.attachNow()}: ${shortSha(sha)}` })}
    </div>`;
  return form({ action: mendingAddress(repository.facts, "attach"), person, body, id: `attach-to-${sha}` });
}

/** What is attached to a commit, by whom and why, with a way to take it off. */
export function attachedTickets({
  repository,
  person,
  commit,
  environment,
  githubUrl,
}: Omit<AttachGiven, "projects" | "request"> & { readonly githubUrl: string }): Html {
  if (commit.attached.length === 0) return NOTHING;
  const items = commit.attached.map(({ key, by, because }) => {
    const text = html`<span class="hp-attached"
      >${key} ${attachedBy()} ${personLink(githubUrl, by)}: ${visibleText(because, 200)}</span
    >`;
    if (repository.right === "read") return html`<li>${text}</li>`;
    const body = html`${hidden("sha", commit.sha)} ${hidden("ticket", key)}
    ${hidden("environment", environment)}
    ${submitButton(wording.detach(), { small: true, label: wording.detachLabel(key, shortSha(commit.sha)) })}`;
    const action = mendingAddress(repository.facts, "detach");
    return html`<li>${text} ${form({ action, person, body, id: `detach-${key}-${commit.sha}` })}</li>`;
  });
  return html`<ul class="hp-attachments">
    ${items}
  </ul>`;
}
