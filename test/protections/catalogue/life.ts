import type { Protection } from "../protection.ts";

/** REL-50 to REL-58: installations, repositories, branches, issues and labels that change. */
export const LIFE_PROTECTIONS: readonly Protection[] = [
  {
    rows: ["REL-50"],
    off: "a suspended installation is worked for with its dead token",
    file: "src/store/repository.ts",
    text: "where i.id = r.installation_id and i.state <> 'active')",
    instead: "where i.id = r.installation_id and i.state = 'unheard of')",
    test: {
      file: "test/store/repository.test.ts",
      name: "that is of a suspended installation is not active",
    },
  },
  {
    rows: ["REL-50"],
    off: "an installation that was taken back unheard is not noticed",
    file: "src/handlers/reconcile-installations.ts",
    text: 'await upsertInstallation(transaction, { id, account, state: "deleted" }, at);',
    instead: "",
    test: { file: "test/stories/installations.test.ts", name: "REL-50: one that was taken back unheard" },
  },
  {
    rows: ["REL-51"],
    off: "a permission that is missing stops all the rest",
    file: "src/snapshot/unless-forbidden.ts",
    text: 'if (!(error instanceof Fault) || error.kind !== "misconfigured") throw error;',
    instead: "if (error !== undefined) throw error;",
    test: {
      file: "test/stories/reconciliation.test.ts",
      name: "is named, and keeps nothing else from being found",
    },
  },
  {
    rows: ["REL-51"],
    off: "without the right to write issues the clock does not run",
    file: "src/effects/make-issue.ts",
    text: "await keepForbidden(dependencies, repository, desired, error);",
    instead: "",
    test: {
      file: "test/stories/compliance-issue.test.ts",
      name: "REL-51: without the right to write issues",
    },
  },
  {
    rows: ["REL-51"],
    off: "a repository that was taken out of the installation is still worked for",
    file: "src/store/repository.ts",
    text: `where id = $1 and gone is null
        and`,
    instead: `where id = $1 and (gone is null or gone is not null)
        and`,
    test: {
      file: "test/store/repository.test.ts",
      name: "that is gone is not active",
    },
  },
  {
    rows: ["REL-52"],
    off: "a redirect is taken for the answer",
    file: "src/adapters/github/repository-calls.ts",
    text: "const moved = REDIRECTS.has(answer.status);",
    instead: "const moved = false;",
    test: {
      file: "test/adapters/github/repository-calls.test.ts",
      name: "REL-52: a repository is its number > a redirect leads",
    },
    fails: { saying: "github-inconsistent" },
  },
  {
    rows: ["REL-52"],
    off: "whatever has the old name now is written to",
    file: "src/adapters/github/repository-calls.ts",
    text: "if (!isTrusted(placeOf(repository))) await find(repository);",
    instead: "",
    test: {
      file: "test/adapters/github/repository-calls.test.ts",
      name: "nothing is written under a name that was not lately seen",
    },
    fails: { saying: "github-unreachable" },
  },
  {
    rows: ["REL-52"],
    off: "a repository of another number is taken for the one that was asked for",
    file: "src/adapters/github/repository-calls.ts",
    text: "isFields(repository) && isSameRepository(repository, id) ?",
    instead: "isFields(repository) && id !== 0 ?",
    test: {
      file: "test/adapters/github/repository-calls.test.ts",
      name: "in GraphQL renames are not followed",
    },
  },
  {
    rows: ["REL-53"],
    off: "the cases of an archived repository go on",
    file: "src/handlers/reconcile-repository.ts",
    text: 'return await voidCases(transaction, known.id, "archived", at);',
    instead: "return 0;",
    test: {
      file: "test/stories/compliance-life.test.ts",
      name: "REL-53: archived and deleted > archived: the case ends as void",
    },
  },
  {
    rows: ["REL-53"],
    off: "nobody hears that GitHub takes no issues",
    file: "src/effects/make-issue.ts",
    text: `  await markWarned(transaction, repository.id, firstRed, at);
  if (refusal === null) return;`,
    instead: `  if (refusal !== null) return;
  await markWarned(transaction, repository.id, firstRed, at);`,
    test: { file: "test/stories/compliance-issue.test.ts", name: "REL-53: issues are switched off" },
  },
  {
    rows: ["REL-53"],
    off: "a public repository shows what tickets say",
    file: "src/domain/report/report-facts.ts",
    text: "showsTickets: snapshot.repository.private,",
    instead: "showsTickets: true,",
    test: { file: "test/stories/life.test.ts", name: "made public: what tickets say is taken back" },
  },
  {
    rows: ["REL-54"],
    off: "a commit that is gone from the trunk counts as mended",
    file: "src/domain/compliance/decide-open-case.ts",
    text: `    case "silent":
      break;`,
    instead: `    case "silent":
      return end(given, { as: "green", at, by: null, because: null, url: null, sha: null });`,
    test: {
      file: "test/domain/compliance/decide-cases.test.ts",
      name: "REL-54: a commit that a force-push removed",
    },
  },
  {
    rows: ["REL-54"],
    off: "after a force-push any green ends the case, also one that ended before",
    file: "src/domain/compliance/decide-open-case.ts",
    text: 'return order === "yes" || (order === "unknown" && since.at.getTime() > newestRed.at.getTime());',
    instead: 'return order !== "no";',
    test: {
      file: "test/domain/compliance/decide-cases.test.ts",
      name: "REL-54: after a force-push to an older, green commit",
    },
  },
  {
    rows: ["REL-54"],
    off: "a trunk that is not there is a trunk without red",
    file: "src/handlers/look-at-compliance.ts",
    text: 'trunk: trunk.state === "unknown" ? null : trunk.state === "known" ? trunk.value : NO_TRUNK,',
    instead: 'trunk: trunk.state === "known" ? trunk.value : null,',
    test: { file: "test/handlers/look-at-compliance.test.ts", name: "REL-54: a trunk that was deleted" },
  },
  {
    rows: ["REL-55"],
    off: "a bot that closes an issue is fought without end",
    file: "src/domain/authority/decide-issue.ts",
    text: "const MOST_REOPENINGS = 3;",
    instead: "const MOST_REOPENINGS = 3_000;",
    test: { file: "test/stories/halts.test.ts", name: "REL-55: a bot that closes its issue" },
  },
  {
    rows: ["REL-56"],
    off: "an issue that is gone is not made anew",
    file: "src/adapters/github/issue-posts.ts",
    text: "if (GONE_ISSUE.has(answer.status)) return [];",
    instead: "",
    test: {
      file: "test/adapters/github/issue-posts.test.ts",
      name: "REL-56: opens another where it was deleted",
    },
    fails: { saying: "github-inconsistent" },
  },
  {
    rows: ["REL-56"],
    off: "the hold ends with its issue",
    file: "src/domain/gate/case-stops.ts",
    text: '      if (holds === "no") return [];',
    instead: '      if (holds === "no" || url === null) return [];',
    test: {
      file: "test/domain/gate/decide-gate.test.ts",
      name: "REL-56: an expired case whose issue is gone",
    },
  },
  {
    rows: ["REL-57"],
    off: "letters that look alike are the same label",
    file: "src/domain/authority/label-name.ts",
    text: 'name.normalize("NFC")',
    instead: 'name.normalize("NFKC")',
    test: { file: "test/domain/authority/label-name.test.ts", name: "REL-57: letters of full width" },
  },
  {
    rows: ["REL-57"],
    off: "spaces around a label do not count",
    file: "src/domain/authority/label-name.ts",
    text: ".toLowerCase()",
    instead: ".toLowerCase().trim()",
    test: { file: "test/domain/authority/label-name.test.ts", name: "REL-57: a space at the end" },
  },
  {
    rows: ["REL-57"],
    off: "an issue without its marker is not known by its number",
    file: "src/adapters/github/issue-posts.ts",
    text: "const known = await findKnown(repository, existing.number, listed.issues);",
    instead: "const known = await findKnown(repository, null, listed.issues);",
    test: { file: "test/adapters/github/issue-posts.test.ts", name: "REL-57: knows it by its number" },
    fails: { saying: "github-unreachable" },
  },
  {
    rows: ["REL-58"],
    off: "anybody's issue with our marker is ours",
    file: "src/adapters/github/issue-posts.ts",
    text: "&& (await isOwn(issue))) own.push",
    instead: "&& (await isOwn(issue)) !== null) own.push",
    test: { file: "test/adapters/github/issue-posts.test.ts", name: "REL-58: is not led astray by" },
  },
  {
    rows: ["REL-58"],
    off: "an issue by another App under our name is ours",
    file: "src/adapters/github/own-identity.ts",
    text: "if (author.appId !== null) return author.appId === appId;",
    instead: "",
    test: {
      file: "test/adapters/github/issue-posts.test.ts",
      name: "REL-58: is not led astray by one by another App",
    },
  },
  {
    rows: ["REL-58"],
    off: "another bot's message with our mark is ours",
    file: "src/adapters/slack/find-message.ts",
    text: "own === null || by !== own || ",
    instead: "",
    test: { file: "test/adapters/slack/send-message.test.ts", name: "REL-58: another bot" },
  },
];
