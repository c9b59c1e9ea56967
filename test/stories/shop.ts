import { createSpectator, type SeenCheckRun, type Spectator } from "../../src/sandbox/spectator.ts";
import { openStory, type Story, type StoryOptions } from "./open-story.ts";

/** What most stories have in force. */
export const POLICY = `
deploy:
  environments:
    production: { base: { branch: production } }
tickets:
  projects: [PLAY]
  statuses: ["Ready to deploy", { category: done }]
  fields: [{ name: "Risk assessment" }, { name: "Post-deploy checks", types: [Story, Bug] }]
`;

export interface SeenState {
  readonly state: string;
  readonly description: string;
}

type Files = Readonly<Record<string, string | null | { symlink: string } | { submodule: string }>>;

export interface CommitOptions {
  readonly branch?: string;
  readonly author?: string;
  /** A file of its own, where left out. */
  readonly files?: Files;
}

export interface PullRequestOptions {
  readonly title: string;
  readonly branch?: string;
  readonly base?: string;
  /** The message of its one commit; the title, where left out. */
  readonly message?: string;
  readonly author?: string;
  readonly draft?: boolean;
  /** `owner/name` of the fork that it comes from. */
  readonly fork?: string;
}

export interface TicketOptions {
  readonly summary?: string;
  readonly type?: string;
  readonly status?: string;
  readonly risk?: string;
  readonly checks?: string;
  readonly parent?: string;
  readonly restricted?: boolean;
}

/** Everything that happened in it was waited for, each verb until all is quiet. */
export interface Repo {
  /** `acme/shop-1` */
  readonly name: string;
  readonly id: number;
  /** Its first commit, live in production. */
  readonly first: string;
  readonly commit: (message: string, options?: CommitOptions) => Promise<string>;
  /** production becomes what that is; what main is, where left out. */
  readonly release: (to?: string) => Promise<void>;
  readonly open: (options: PullRequestOptions) => Promise<{ readonly number: number; readonly head: string }>;
  readonly comment: (number: number, body: string, by?: string) => Promise<number>;
  /** Answers to comments that Holdpoint gave, oldest first, without their hidden marks. */
  readonly answers: (number: number) => Promise<readonly string[]>;
  /** The newest status with that context on the commit; null: none. */
  readonly status: (sha: string, context: string) => Promise<SeenState | null>;
  readonly preDeploy: (sha: string) => Promise<SeenState | null>;
  readonly tickets: (sha: string) => Promise<SeenState | null>;
  /** The check run "Holdpoint"; null: none. Two are a defect. */
  readonly report: (sha: string) => Promise<SeenCheckRun | null>;
  readonly pressCheckAgain: (sha: string, by?: string) => Promise<void>;
  /** What was posted into it: statuses, check runs, comments; method and path. */
  readonly posts: () => readonly string[];
}

export interface RepoOptions {
  /** null: there is no policy file. */
  readonly policy?: string | null;
  readonly private?: boolean;
  readonly owner?: string;
  readonly files?: Files;
  /** Other names than main and production. */
  readonly defaultBranch?: string;
  /** Without the branch that production is. */
  readonly unreleased?: boolean;
}

/** The words in which stories are told: one Holdpoint, a fresh repository for each. */
export interface Shop extends Story {
  /** What a person sees in the repositories of an account, whatever their names are by now. */
  readonly spectatorOf: (owner: string) => Promise<Spectator>;
  readonly repository: (options?: RepoOptions) => Promise<Repo>;
  /** A new ticket that nothing is missing from, unless told otherwise; answers its key. */
  readonly ticket: (options?: TicketOptions) => string;
  /** How often Jira was asked. */
  readonly jiraCalls: () => number;
}

const MINUTE = 60_000;
/** Past every pause after which something is read again. */
export const A_WHILE = 2 * MINUTE;

export async function openShop(options: StoryOptions = {}): Promise<Shop> {
  const story = await openStory(options);
  const { github, jira } = story.box;
  const { control } = github;
  const spectators = new Map<string, Spectator>();

  /** Who looks at the repositories of an account; the App is installed there first. */
  async function spectatorOf(owner: string): Promise<Spectator> {
    const known = spectators.get(owner);
    if (known !== undefined) return known;
    const { installationId } = await control.createOrganisation({ login: owner });
    if (installationId === null) throw new Error("the App is installed");
    const spectator = createSpectator(github, installationId, story.now);
    spectators.set(owner, spectator);
    return spectator;
  }
  let repositories = 0;
  let files = 0;

  function newFile(): Files {
    files += 1;
    return { [`file-${files}.txt`]: String(files) };
  }

  async function repository(wanted: RepoOptions = {}): Promise<Repo> {
    repositories += 1;
    const owner = wanted.owner ?? "acme";
    const seen = await spectatorOf(owner);
    const name = `${owner}/shop-${repositories}`;
    const main = wanted.defaultBranch ?? "main";
    const policy = wanted.policy === undefined ? POLICY : wanted.policy;
    const { id, sha } = await control.createRepository({
      owner,
      name: `shop-${repositories}`,
      private: wanted.private ?? true,
      defaultBranch: main,
      files: {
        "README.md": "hello\n",
        ...(policy === null ? {} : { ".github/holdpoint.yml": policy }),
        ...wanted.files,
      },
    });
    await control.setPermission({ repository: name, login: "octocat", role: "admin" });
    if (wanted.unreleased !== true) {
      await control.createBranch({ repository: name, branch: "production", from: main });
    }
    await story.quiet();

    async function status(of: string, context: string): Promise<SeenState | null> {
      const found = (await seen.statuses(name, of)).find((one) => one.context === context);
      return found === undefined ? null : { state: found.state, description: found.description };
    }

    async function report(of: string): Promise<SeenCheckRun | null> {
      const runs = (await seen.checkRuns(name, of)).filter((run) => run.name === "Holdpoint");
      if (runs.length > 1) throw new Error(`${runs.length} check runs "Holdpoint" on ${of}`);
      return runs[0] ?? null;
    }

    return {
      name,
      id,
      first: sha ?? "",
      async commit(message, { branch = main, author = "octocat", files: changed } = {}) {
        const made = await control.commit({
          repository: name,
          branch,
          message,
          author,
          files: changed ?? newFile(),
        });
        await story.quiet();
        return made.sha;
      },
      async release(to = main) {
        await control.forcePush({ repository: name, branch: "production", to });
        await story.quiet();
      },
      async open({ title, branch, base, message, author = "octocat", draft = false, fork }) {
        const head = branch ?? `work-${files}`;
        await control.commit({
          repository: fork ?? name,
          branch: head,
          from: base ?? main,
          message: message ?? title,
          author,
          files: newFile(),
        });
        const { number, headSha } = await control.openPullRequest({
          repository: name,
          head,
          title,
          by: author,
          draft,
          ...(base === undefined ? {} : { base }),
          ...(fork === undefined ? {} : { fork }),
        });
        await story.quiet();
        return { number, head: headSha };
      },
      async comment(number, body, by = "octocat") {
        const { id: comment } = await control.comment({ repository: name, number, body, by });
        await story.quiet();
        return comment;
      },
      async answers(number) {
        const comments = await seen.comments(name, number);
        return comments.filter((body) => MARK.test(body)).map((body) => body.replace(MARK, "").trimEnd());
      },
      status,
      preDeploy: (of) => status(of, "holdpoint/pre-deploy"),
      tickets: (of) => status(of, "holdpoint/tickets"),
      report,
      async pressCheckAgain(of, by = "octocat") {
        const run = await report(of);
        if (run === null) throw new Error(`there is no check run on ${of}`);
        await control.clickCheckRunAction({
          repository: name,
          checkRun: run.id,
          identifier: "check-again",
          by,
        });
        await story.quiet();
      },
      posts: () =>
        github.requests
          .list()
          .filter(({ method, path }) => method !== "GET" && path.startsWith(`/repos/${name}/`))
          .map(({ method, path }) => `${method} ${path}`),
    };
  }

  return {
    ...story,
    spectatorOf,
    repository,
    ticket({
      summary = "Charge in euros",
      type = "Story",
      status = "Ready to deploy",
      risk = "low",
      checks = "place an order",
      ...rest
    } = {}) {
      return jira.createIssue({
        project: "PLAY",
        type,
        summary,
        status,
        fields: fieldsOf(type, risk, checks),
        ...rest,
      }).key;
    },
    jiraCalls: () => jira.requests().length,
  };
}

/** The hidden last line of an answer. */
const MARK = /\n*<!-- holdpoint[^>]*-->\s*$/;

/** Sub-tasks have none of these fields, tasks no checks. */
function fieldsOf(type: string, risk: string, checks: string): Readonly<Record<string, string>> {
  if (type === "Sub-task" || type === "Epic") return {};
  return {
    ...(risk === "" ? {} : { "Risk assessment": risk }),
    ...(checks === "" || type === "Task" ? {} : { "Post-deploy checks": checks }),
  };
}
