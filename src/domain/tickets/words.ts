/**
 * The words around a key that say whether it is the work or something beside it. All lower case.
 */

/** Directly in front of a key they say that the key is done: GitHub's and Jira's closing words and their forms. */
export const CLOSING_WORDS: ReadonlySet<string> = new Set(
  "fix fixes fixed fixing close closes closed closing resolve resolves resolved resolving implement implements implemented implementing".split(
    " ",
  ),
);

/** Only these close a ticket in the middle of a sentence: "which was fixed in", "after we closed" look back. */
export const CLOSING_NOW: ReadonlySet<string> = new Set("fix fixes close closes resolve resolves".split(" "));

/** In front of a closing word they turn it round. */
export const NOT_CLOSING: ReadonlySet<string> = new Set(
  "not n't doesn't don't didn't cannot can't won't partially partly should would could until once after before when if will since that".split(
    " ",
  ),
);

/** Words with which a subject may begin before its key, besides the closing ones: all are work on the ticket. */
export const OPENING_WORDS: ReadonlySet<string> = new Set(
  "hotfix bugfix quickfix test tests testcase issue issues bug bugs jira ticket tickets task tasks story defect patch patches apply applied applying backport backports backported backporting port ported porting cherry-pick cherry-picked addendum amend amended amending complete completes completed completing finish finishes finished finishing wip minor major trivial merge merged merging initial working work continue continued more forward".split(
    " ",
  ),
);

/** Words that may stand between such a word and the key. */
export const FILLERS: ReadonlySet<string> = new Set(
  "case cases for of the issue issues bug bugs jira ticket tickets task story patch commit on fix work and back port porting ported up".split(
    " ",
  ),
);

/**
 * Names of trailers and of lines such as `Jira: KEY-1` whose keys are the work, as `plainLabel` spells them.
 */
const WORK_LABELS: ReadonlySet<string> = new Set([
  ..."jira,jira issue,jira ticket,jira bug,issue,ticket,task,bug,bugfix,bug fix,defect,story,user story".split(
    ",",
  ),
  ..."work item,workitem,pr,backport,backported,back ported,resolving issue,resolves issue,this resolves".split(
    ",",
  ),
  ..."this fixes,this closes,fixes issue,fix issue,fixed issue,closes issue,close issue".split(","),
  ..."working on,working on issue,work on".split(","),
  ...CLOSING_WORDS,
]);

/** A label with one of these words names something beside the work: `See also: KEY-1`, `Related: KEY-1`. */
export const BESIDE_WORDS: ReadonlySet<string> = new Set(
  "see following related relates relate follow followup follow-up part parent revert reverts reverted reverting partially partial reference cf depend depends requires required blocked blocks blocker blocking caused causes cause introduced broke broken regression after since todo note context similar duplicate duplicates duplicated supersedes superseded unlike like per also epic weakness".split(
    " ",
  ),
);

/** A label in lower case, one blank between words, without a last "id", "number" or "link". */
function plainLabel(label: string): string {
  return label
    .toLowerCase()
    .replaceAll(/[-_\s]+/g, " ")
    .trim()
    .replace(/ (?:ids?|numbers?|no|keys?|links?|ref|url)$/, "");
}

/** Whether keys behind this label are the work: `Jira: KEY-1`, `Task-number: KEY-1`, `Fixes: KEY-1`. */
export function isWorkLabel(label: string): boolean {
  const plain = plainLabel(label);
  return WORK_LABELS.has(plain) || (plain.endsWith("s") && WORK_LABELS.has(plain.slice(0, -1)));
}
