import * as wording from "../../domain/wording/cockpit/repository.ts";
import { blank } from "../view/empty.ts";
import { linkButton } from "../view/form.ts";
import { type Html, html } from "../view/html.ts";
import { repositoryUrl } from "../view/links.ts";
import { policyProblems } from "./page-notices.ts";
import type { RepositoryView } from "./repository-view.ts";

/** There is a policy, and it never was one that could be used. */
export function policyUnusable(view: RepositoryView): Html {
  const { repository, githubUrl, trouble } = view;
  const branch = repository.facts.defaultBranch.split("/").map(encodeURIComponent).join("/");
  const edit = `${repositoryUrl(githubUrl, repository.facts)}/edit/${branch}/.github/holdpoint.yml`;
  return blank({
    level: 1,
    title: wording.policyUnusableTitle(),
    icon: "file",
    body: html`<p>${wording.policyUnusableWhy()}</p>
      ${policyProblems(view, trouble?.problems ?? [])}`,
    action: linkButton(wording.editPolicy(), edit, { primary: true }),
  });
}
