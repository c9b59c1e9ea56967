import type { SandboxGitHub } from "../../../src/sandbox/github/create-sandbox-github.ts";

/** A repository with this policy, an admin, somebody who writes, and its first commit live. */
export async function foundRepository(
  { control }: Pick<SandboxGitHub, "control">,
  name: string,
  policy: string,
): Promise<void> {
  const repository = `acme/${name}`;
  await control.createRepository({
    owner: "acme",
    name,
    files: { ".github/holdpoint.yml": policy, "shop.txt": "open\n" },
  });
  await control.setPermission({ repository, login: "admin", role: "admin" });
  await control.setPermission({ repository, login: "monalisa", role: "write" });
  await control.createBranch({ repository, branch: "production" });
}
