import { devNull } from "node:os";

/** The user's own settings, in which they may have named this clone as safe. Nothing else of git's is taken over. */
const KEPT =
  /^GIT_(?:CONFIG_(?:GLOBAL|SYSTEM|NOSYSTEM|COUNT|KEY_\d{1,3}|VALUE_\d{1,3})|EXEC_PATH|TEST_ASSUME_DIFFERENT_OWNER)$/;

/**
 * Git answers from the clone alone and as it is: no network (not even for the missing objects of a partial
 * clone), no questions, no locks taken, no replaced or grafted history, English messages.
 *
 * @param ceiling git does not look for a clone in this folder or above
 */
export function gitEnvironment(environment: NodeJS.ProcessEnv, ceiling: string): NodeJS.ProcessEnv {
  const own = Object.entries(environment).filter(([name]) => !name.startsWith("GIT_") || KEPT.test(name));
  return {
    ...Object.fromEntries(own),
    GIT_CEILING_DIRECTORIES: ceiling,
    GIT_NO_LAZY_FETCH: "1",
    // Versions before 2.44 do not know the variable above; no transport is allowed, so nothing is fetched there either.
    GIT_ALLOW_PROTOCOL: "none",
    GIT_TERMINAL_PROMPT: "0",
    GIT_OPTIONAL_LOCKS: "0",
    GIT_NO_REPLACE_OBJECTS: "1",
    GIT_GRAFT_FILE: devNull,
    LC_ALL: "C",
    LANGUAGE: "C",
  };
}

/** A clone's own settings may name programs to run and ways to show things; these win over them. */
export const FIXED_SETTINGS: readonly string[] = [
  "core.fsmonitor=false",
  "core.warnAmbiguousRefs=true",
  "core.pager=cat",
  "core.quotePath=true",
  "core.alternateRefsCommand=true",
  "log.showSignature=false",
  "log.mailmap=false",
  "i18n.logOutputEncoding=UTF-8",
  "diff.renames=false",
  "advice.graftFileDeprecated=false",
].flatMap((setting) => ["-c", setting]);
