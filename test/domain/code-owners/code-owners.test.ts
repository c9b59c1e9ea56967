import { describe, expect, test } from "vitest";
import {
  type FoundOwners,
  saysSomething,
  searchOwners,
} from "../../../src/domain/code-owners/search-owners.ts";

function find(file: string, paths: readonly string[]): FoundOwners {
  const search = searchOwners(file, paths);
  for (;;) {
    const step = search.next();
    if (step.done === true) return step.value;
  }
}

/** Who owns the path: people and teams with their `@`. */
function owners(file: string, path: string): readonly string[] {
  return find(file, [path]).owners.map(({ kind, name }) => (kind === "email" ? name : `@${name}`));
}

/** https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners#example-of-a-codeowners-file */
const DOCUMENTED = `# This is a comment.
# Each line is a file pattern followed by one or more owners.

# These owners will be the default owners for everything in
# the repo. Unless a later match takes precedence,
# @global-owner1 and @global-owner2 will be requested for
# review when someone opens a pull request.
*       @global-owner1 @global-owner2

# Order is important; the last matching pattern takes the most
# precedence.
*.js    @js-owner #This is an inline comment.

# You can also use email addresses if you prefer.
*.go docs@example.com

# Teams can be specified as code owners as well.
*.txt @octo-org/octocats

# In this example, @doctocat owns any files in the build/logs
# directory at the root of the repository and any of its
# subdirectories.
/build/logs/ @doctocat

# The \`docs/*\` pattern will match files like
# \`docs/getting-started.md\` but not further nested files like
# \`docs/build-app/troubleshooting.md\`.
docs/* docs@example.com

# In this example, @octocat owns any file in an apps directory
# anywhere in your repository.
apps/ @octocat

# In this example, @doctocat owns any file in the \`/docs\`
# directory in the root of your repository and any of its
# subdirectories.
/docs/ @doctocat

# In this example, any change inside the \`/scripts\` directory
# will require approval from @doctocat or @octocat.
/scripts/ @doctocat @octocat

# In this example, @octocat owns any file in a \`/logs\` directory such as
# \`/build/logs\`, \`/scripts/logs\`, and \`/deeply/nested/logs\`. Any changes
# in a \`/logs\` directory will require approval from @octocat.
**/logs @octocat

# In this example, @octocat owns any file in the \`/apps\`
# directory in the root of your repository except for the \`/apps/github\`
# subdirectory, as its owners are left empty.
/apps/ @octocat
/apps/github
`;

describe("GitHub's documented example", () => {
  test.each([
    ["README.md", ["@global-owner1", "@global-owner2"]],
    ["src/deep/index.js", ["@js-owner"]],
    ["cmd/main.go", ["docs@example.com"]],
    ["notes.txt", ["@octo-org/octocats"]],
    ["docs/getting-started.md", ["@doctocat"]],
    ["docs/build-app/troubleshooting.md", ["@doctocat"]],
    ["lib/apps/one/index.html", ["@octocat"]],
    ["scripts/deploy.sh", ["@doctocat", "@octocat"]],
    ["build/logs/today.html", ["@octocat"]],
    ["scripts/logs/today.html", ["@octocat"]],
    ["deeply/nested/logs/today.html", ["@octocat"]],
    ["apps/web/index.html", ["@octocat"]],
    ["apps/github", []],
    ["apps/github/index.html", []],
  ])("%s", (path, expected) => {
    expect(owners(DOCUMENTED, path)).toEqual(expected);
  });
});

describe("one pattern", () => {
  test.each([
    ["docs/*", "docs/getting-started.md", true],
    ["docs/*", "docs/build-app/troubleshooting.md", false],
    ["docs/*", "lib/docs/getting-started.md", false],
    ["docs/", "lib/docs/a/b.md", true],
    ["/docs/", "lib/docs/a.md", false],
    ["/docs/", "docs", false],
    ["docs", "docs/a/b.md", true],
    ["docs", "lib/docs", true],
    ["docs", "mydocs/a", false],
    ["/docs", "docs/a", true],
    ["lib/docs", "src/lib/docs/a", false],
    ["*.js", "a/b.js", true],
    ["*.js", "a/b.jsx", false],
    ["/*.js", "a/b.js", false],
    ["/*.js", "b.js", true],
    ["/*", "a/b.js", false],
    ["**/logs", "logs/a", true],
    ["**/logs", "a/b/logs", true],
    ["a/**", "a/b/c", true],
    ["a/**", "a", false],
    ["a/**/z", "a/z", true],
    ["a/**/z", "a/b/c/z", true],
    ["a/**/z", "a/b/c/y", false],
    ["a?c", "abc", true],
    ["a?c", "a/c", false],
    ["a*c/d", "abbbc/d", true],
    ["a*c/d", "ab/c/d", false],
    ["README.md", "readme.md", false],
    ["[ab].js", "a.js", false],
    ["my\\ file.txt", "my file.txt", true],
  ])("%s owns %s: %s", (pattern, path, expected) => {
    expect(owners(`${pattern} @octocat`, path)).toEqual(expected ? ["@octocat"] : []);
  });
});

describe("a line", () => {
  test("that GitHub would not take is skipped, and the others count", () => {
    const file = [
      "* @everybody",
      "!src/ @nobody",
      "\\#x @nobody",
      "/ @nobody",
      "a//b @nobody",
      "src/ not-an-owner",
      "src/ @ok @",
    ].join("\n");
    expect(owners(file, "src/a")).toEqual(["@everybody"]);
  });

  test("without owners takes away what lines above it gave", () => {
    expect(owners("* @everybody\n/secret/", "secret/a")).toEqual([]);
  });

  test("names several owners, up to a comment", () => {
    expect(owners("*\t@a  @b-c #@d", "x")).toEqual(["@a", "@b-c"]);
  });

  test("may end as Windows ends it", () => {
    expect(owners("* @a\r\n*.md @b\r\n", "x.md")).toEqual(["@b"]);
  });
});

describe("of many files", () => {
  test("those who own most come first, each once; of equals, who owns the first file", () => {
    const file = "* @few\n*.js @many @Few\n*.md @last";
    const paths = ["x.go", "a.js", "b.js", "c.md"];
    expect(find(file, paths).owners.map(({ name }) => name)).toEqual(["Few", "many", "last"]);
    expect(
      find("*.md @second\n* @first\n*.md @second", ["a.go", "b.md"]).owners.map(({ name }) => name),
    ).toEqual(["first", "second"]);
  });

  test("there may be too many to look at: then that is said", () => {
    const file = "*.x @a\n".repeat(20_000);
    const paths = Array.from({ length: 3_000 }, (_, index) => `a/b/c/file-${index}`);
    expect(find(file, paths).complete).toBe(false);
    expect(find(file, paths.slice(0, 10)).complete).toBe(true);
  });

  test.each([
    ["a line that nobody wrote by hand", `* @a ${"@b ".repeat(30_000)}\n*.js @c`, "x.ts"],
    [
      "more names than a company has",
      `* ${Array.from({ length: 11_000 }, (_, n) => `@p${n}`).join(" ")}`.slice(0, 65_000),
      "x",
    ],
    ["a path that git cannot check out", "* @a", "a/".repeat(3_000)],
  ])("%s is said to be too much", (_name, file, path) => {
    expect(find(file, [path]).complete).toBe(path === "x");
  });

  test.each([
    ["", false],
    ["# nothing\n  # at all\r\n\n", false],
    ["\n * @a", true],
  ])("%j says something: %s", (file, expected) => {
    expect(saysSomething(file)).toBe(expected);
  });
});
