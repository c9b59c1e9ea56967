import { expect, test } from "vitest";
import { sceneTold, storyEnded } from "../../../src/domain/wording/demo.ts";

const SCENE = { title: "A writer's label is refused", told: "monalisa may write, but not override." };

test("a scene says what happened, what is seen where, what was missed, and how long it took", () => {
  const seen = {
    sights: [
      { mood: "success", where: "holdpoint/gate", text: "open: nothing holds it" },
      { mood: "failure", where: "compliance issue", text: "#3 open [deploy-halt]" },
      { mood: "pending", where: "deploy job", text: "waiting:\n\u001B[2Jbecause" },
      { mood: "neutral", where: "Slack, #deploys", text: "↳ *Over*" },
    ],
    report: { title: "issue #3: unit red", text: "**Red.**\n\n- [`#2`](<https://x.example>) by `monalisa`" },
    missed: ["deploy job should be success; it is nothing"],
  } as const;
  expect(sceneTold(18, SCENE, seen, 1_713.4, false)).toBe(`18. A writer's label is refused
     monalisa may write, but not override.
     ✔ holdpoint/gate           open: nothing holds it
     ✖ compliance issue         #3 open [deploy-halt]
     ◆ deploy job               waiting: �[2Jbecause
     · Slack, #deploys          ↳ *Over*
     ┌ issue #3: unit red
     │ **Red.**
     │
     │ - \`#2\` by \`monalisa\`
     └
     MISSED: deploy job should be success; it is nothing
     (1713 ms until all was quiet)

`);
});

test("a scene in which time has to pass says how much did", () => {
  const seen = { sights: [], report: null, missed: [] };
  expect(sceneTold(1, SCENE, seen, 44_600, false)).toContain("     (45 s until all was as told)\n");
});

test("the end says what was missed, and what was not as GitHub describes it", () => {
  expect(storyEnded(22, 0, [])).toBe(
    "All 22 scenes ended as they should.\nEvery request to GitHub, and every answer, was as GitHub describes them.\n",
  );
  expect(storyEnded(22, 2, ["GET /x: no"])).toBe(
    "2 expectations were missed.\n1 request or answer was not as GitHub describes them:\n  GET /x: no\n",
  );
});
