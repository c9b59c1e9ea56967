import type { Context } from "hono";
import type { CommitSha } from "../../domain/model.ts";
import { shortSha } from "../../domain/wording/counted.ts";
import * as wording from "../../domain/wording/cockpit/attaching.ts";
import * as mending from "../../domain/wording/cockpit/mending.ts";
import { readStoredPolicy } from "../../snapshot/stored-policies.ts";
import type { CockpitDependencies } from "../cockpit-dependencies.ts";
import type { WriteGround } from "../session/write-ground.ts";
import { html } from "../view/html.ts";
import { renderPage } from "../view/page.ts";
import { attachFields } from "./attach-form.ts";
import { repositoryAddress } from "./mending-address.ts";

/** The form again, with what was typed, and what is wrong with it beside the field. */
export async function noKeyPage(
  { database, hour }: Pick<CockpitDependencies, "database" | "hour">,
  context: Context,
  { repository, person, form }: WriteGround,
  sha: CommitSha,
): Promise<Response> {
  const { policy } = (await readStoredPolicy(database, repository.facts.id, { hour })).policy;
  const environment = form.get("environment") ?? "";
  const given = {
    repository,
    person,
    commit: { sha, attached: [] },
    environment,
    projects: policy?.tickets.projects ?? [],
  };
  const typed = { ticket: form.get("ticket") ?? "", because: form.get("because") ?? "" };
  return await renderPage(context, {
    title: wording.attachLabel(shortSha(sha)),
    place: { kind: "repository", repository, tab: "deploy" },
    person,
    status: 422,
    body: html`<div class="hp-mend-page">
      <p>
        <a class="hp-back" href="${repositoryAddress(repository.facts, { environment })}"
          >${mending.backToRepository()}</a
        >
      </p>
      <h1>${wording.attachLabel(shortSha(sha))}</h1>
      <div class="hp-mend">${attachFields(given, typed, wording.notAKey())}</div>
    </div>`,
  });
}
