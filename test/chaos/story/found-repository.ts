import type { SandboxGitHub } from "../../../src/sandbox/github/create-sandbox-github.ts";

/** A repository with this policy, an admin, somebody who writes, and its first commit live; answers that commit. */
export async function foundRepository(
  { control }: Pick<SandboxGitHub, "control">,
  name: string,
  policy: string,
): Promise<string> {
  const repository = `acme/${name}`;
  const { sha } = await control.createRepository({
    owner: "acme",
    name,
    files: { ".github/holdpoint.yml": policy, "shop.txt": "open\n" },
  });
  await control.setPermission({ repository, login: "admin", role: "admin" });
  await control.setPermission({ repository, login: "monalisa", role: "write" });
  await control.createBranch({ repository, branch: "production" });
  return sha ?? "";
}
