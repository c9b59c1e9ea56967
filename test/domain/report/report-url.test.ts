import { describe, expect, test } from "vitest";
import { decideDeploy } from "../../../src/domain/decide-deploy.ts";
import { evaluate } from "../../../src/domain/evaluate.ts";
import { deployUrl } from "../../../src/domain/report/report-url.ts";
import { buildCarriage, buildDeploySnapshot, buildRepository, HEAD, sha } from "../build-snapshot.ts";

const given = {
  repository: buildRepository(),
  sha: HEAD,
  githubUrl: "https://github.com",
  publicUrl: "https://holdpoint.example.com",
};
const cockpitUrl = "https://holdpoint.example.com";

describe("“Details” of a deploy", () => {
  test.each<[string, Parameters<typeof deployUrl>[0], string]>([
    [
      "without a cockpit: GitHub's page of its checks",
      { ...given, environment: "production" },
      `https://github.com/acme/storefront/commit/${HEAD}/checks`,
    ],
    [
      "the next deploy",
      { ...given, cockpitUrl, environment: "production" },
      "https://holdpoint.example.com/acme/storefront?environment=production",
    ],
    [
      "of no environment in particular",
      { ...given, cockpitUrl, environment: null },
      "https://holdpoint.example.com/acme/storefront",
    ],
    [
      "an earlier commit",
      { ...given, cockpitUrl, deployHead: sha("newer"), environment: "a b" },
      `https://holdpoint.example.com/acme/storefront/why?environment=a+b&sha=${HEAD}`,
    ],
  ])("%s", (_what, question, address) => {
    expect(deployUrl(question)).toBe(address);
  });

  test("is the same for the status and the check run", () => {
    const snapshot = buildDeploySnapshot();
    const carriage = buildCarriage();
    const verdict = evaluate(snapshot, carriage);
    const effects = decideDeploy({ ...given, snapshot, carriage, verdict, cockpitUrl });
    const address = "https://holdpoint.example.com/acme/storefront?environment=production";
    expect(
      effects.map((one) =>
        "targetUrl" in one ? one.targetUrl : "detailsUrl" in one ? one.detailsUrl : null,
      ),
    ).toEqual([address, address]);
  });
});
