import type { GitCommit } from "../git/commit.ts";
import { FOLDER_MODE, type TreeEntry } from "../git/trees.ts";
import type { Json, Repository } from "../model.ts";
import { findCommit } from "../actions/commits.ts";
import { notFound, Refusal } from "../refusal.ts";
import { renderCommit, renderGitCommit } from "../render/commit.ts";
import { renderFullRepository, repositoryPage, repositoryUrl } from "../render/repository.ts";
import type { World } from "../world.ts";
import { ok, paged, type Reply, repositoryRoute, type RepositoryCall, type Route } from "./call.ts";
import { refOf } from "./heads.ts";
import { permissionsOf } from "./user-routes.ts";

/** The API gives no content above this: https://docs.github.com/en/rest/repos/contents */
const MAX_CONTENT_BYTES = 1_048_576;

export const repositoryRoutes: readonly Route[] = [
  repositoryRoute("metadata", "GET", "", ({ world, repository, caller }) =>
    ok({
      ...renderFullRepository(world, repository),
      ...(caller.kind === "user" ? { permissions: permissionsOf(repository, caller.account) } : {}),
    }),
  ),
  repositoryRoute("contents", "GET", "/contents", readContents),
  repositoryRoute("contents", "GET", "/contents/:path{.+}", readContents),
  repositoryRoute("contents", "GET", "/git/commits/:sha", ({ world, repository, parameter }) => {
    const commit = repository.git.graph.get(parameter("sha"));
    if (commit === null) throw notFound();
    return ok(renderGitCommit(world, repository, commit));
  }),
  repositoryRoute("contents", "GET", "/git/ref/:ref{.+}", (call) => {
    const name = `refs/${call.parameter("ref")}`;
    const sha = refOf(call, name);
    if (sha === null) throw notFound();
    return ok(renderRef(call, name, sha));
  }),
  repositoryRoute("contents", "GET", "/git/matching-refs/:ref{.+}", (call) => {
    const prefix = `refs/${call.parameter("ref")}`;
    const names = [...call.repository.git.refs.keys()].filter((name) => name.startsWith(prefix)).toSorted();
    return ok(
      names.flatMap((name) => {
        const sha = refOf(call, name);
        return sha === null ? [] : [renderRef(call, name, sha)];
      }),
    );
  }),
  repositoryRoute("contents", "GET", "/branches", (call) => {
    const names = [...call.repository.git.refs.keys()]
      .filter((name) => name.startsWith("refs/heads/"))
      .toSorted();
    return paged(call, names, (name) => {
      const sha = refOf(call, name) ?? "";
      const url = `${repositoryUrl(call.world, call.repository)}/commits/${sha}`;
      return { name: name.slice("refs/heads/".length), commit: { sha, url }, protected: false };
    });
  }),
  repositoryRoute("contents", "GET", "/branches/:branch{.+}", readBranch),
  repositoryRoute("metadata", "GET", "/rules/branches/:branch{.+}", readRules),
];

/** Of the kinds of rules only required statuses. */
function readRules(call: RepositoryCall): Reply {
  const required = call.repository.requiredStatuses.get(call.parameter("branch")) ?? [];
  if (required.length === 0) return ok([]);
  const checks = required.map(({ context, appId }) => ({
    context,
    ...(appId === null ? {} : { integration_id: appId }),
  }));
  return ok([
    {
      type: "required_status_checks",
      parameters: { required_status_checks: checks, strict_required_status_checks_policy: false },
      ruleset_source_type: "Repository",
      ruleset_source: `${call.repository.owner.login}/${call.repository.name}`,
      ruleset_id: 1,
    },
  ]);
}

function readBranch(call: RepositoryCall): Reply {
  const { world, repository } = call;
  const name = call.parameter("branch");
  const sha = refOf(call, `refs/heads/${name}`);
  const commit = sha === null ? null : repository.git.graph.get(sha);
  if (commit === null) throw new Refusal(404, "Branch not found");
  const url = `${repositoryUrl(world, repository)}/branches/${name}`;
  return ok({
    name,
    commit: renderCommit(world, repository, commit),
    _links: { self: url, html: `${repositoryPage(world, repository)}/tree/${name}` },
    protected: false,
    protection: {
      enabled: false,
      required_status_checks: { enforcement_level: "off", contexts: [], checks: [] },
    },
    protection_url: `${url}/protection`,
  });
}

function renderRef({ world, repository }: RepositoryCall, name: string, sha: string): Json {
  return {
    ref: name,
    node_id: `REF_${name}`,
    url: `${repositoryUrl(world, repository)}/git/${name}`,
    object: { sha, type: "commit", url: `${repositoryUrl(world, repository)}/git/commits/${sha}` },
  };
}

/** The commit at `?ref=`, a branch unless it says otherwise. */
export function commitAt(call: RepositoryCall, ref: string): GitCommit | null {
  const { repository } = call;
  const sha = refOf(call, `refs/heads/${ref}`) ?? findCommit(repository, ref);
  return sha === null ? null : repository.git.graph.get(sha);
}

function readContents(call: RepositoryCall): Reply {
  const { world, repository } = call;
  const path = call.parameter("path").replaceAll(/^\/+|(?<!\/)\/+$/g, "");
  const ref = call.query.get("ref") ?? repository.defaultBranch;
  const commit = commitAt(call, ref);
  if (commit === null && repository.git.refs.size === 0) throw new Refusal(404, "This repository is empty.");
  if (commit === null) throw new Refusal(404, `No commit found for the ref ${ref}`);
  const entry = repository.git.trees.find(commit.tree, path);
  if (entry === null) throw notFound();
  if (entry.mode !== FOLDER_MODE) return ok(renderContent(world, repository, path, ref, entry, true));
  const prefix = path === "" ? "" : `${path}/`;
  return ok(
    [...repository.git.trees.read(entry.sha)].map(([name, inner]) =>
      renderContent(world, repository, `${prefix}${name}`, ref, inner, false),
    ),
  );
}

function renderContent(
  world: World,
  repository: Repository,
  path: string,
  ref: string,
  entry: TreeEntry,
  whole: boolean,
): Json {
  const type = typeOf(entry);
  const encoded = path.split("/").map(encodeURIComponent).join("/");
  const url = `${repositoryUrl(world, repository)}/contents/${encoded}?ref=${encodeURIComponent(ref)}`;
  const page = `${repositoryPage(world, repository)}/blob/${ref}/${encoded}`;
  const gitUrl = `${repositoryUrl(world, repository)}/git/${type === "dir" ? "trees" : "blobs"}/${entry.sha}`;
  const isFile = type === "file" || type === "symlink";
  const content = isFile ? repository.git.objects.read(entry.sha)?.content : undefined;
  const size = content?.byteLength ?? 0;
  return {
    type,
    name: path.split("/").at(-1) ?? "",
    path,
    sha: entry.sha,
    size,
    url,
    html_url: page,
    git_url: gitUrl,
    download_url: isFile ? `${page}?raw=true` : null,
    _links: { self: url, git: gitUrl, html: page },
    ...(whole && content !== undefined ? contentFields(type, content) : {}),
    ...(whole && type === "submodule"
      ? { submodule_git_url: `${repositoryPage(world, repository)}.git` }
      : {}),
  };
}

function contentFields(type: string, content: Buffer): Json {
  if (type === "symlink") return { target: content.toString("utf8") };
  if (content.byteLength > MAX_CONTENT_BYTES) return { encoding: "none", content: "" };
  // In lines of sixty, as GitHub writes them.
  const lines = content.toString("base64").match(/.{1,60}/g) ?? [];
  return { encoding: "base64", content: lines.map((line) => `${line}\n`).join("") };
}

function typeOf({ mode }: TreeEntry): "file" | "dir" | "symlink" | "submodule" {
  if (mode === FOLDER_MODE) return "dir";
  if (mode === "120000") return "symlink";
  return mode === "160000" ? "submodule" : "file";
}
