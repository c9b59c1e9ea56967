import type { RepositoryFacts } from "../../domain/model.ts";
import { policyPath } from "../../domain/wording/cockpit/first-visit.ts";
import { repositoryUrl } from "../view/links.ts";

/** GitHub, and what stands before it, answers longer addresses with an error. */
const LONGEST = 7_000;

/** GitHub's page of a new file, with the text in it where an address can carry that. */
export function newFileUrl(
  githubUrl: string,
  repository: Pick<RepositoryFacts, "owner" | "name" | "defaultBranch">,
  text: string,
): { readonly url: string; readonly carriesText: boolean } {
  const branch = repository.defaultBranch.split("/").map(encodeURIComponent).join("/");
  const empty = `${repositoryUrl(githubUrl, repository)}/new/${branch}?filename=${encodeURIComponent(policyPath())}`;
  const url = `${empty}&value=${encodeURIComponent(text)}`;
  return url.length <= LONGEST ? { url, carriesText: true } : { url: empty, carriesText: false };
}
