import type { SandboxField, SandboxIssueType, SandboxSite } from "./model.ts";

const FIELDS: readonly SandboxField[] = [
  { id: "customfield_10010", name: "Risk assessment", kind: "textarea" },
  { id: "customfield_10011", name: "Post-deploy checks", kind: "textarea" },
  {
    id: "customfield_10012",
    name: "Rollout",
    kind: "select",
    options: ["Everybody at once", "Behind a flag"],
  },
  // Two fields of one name, as happens in every Jira of some age.
  { id: "customfield_10013", name: "Rollout", kind: "text" },
  { id: "customfield_10014", name: "Reviewed by", kind: "user" },
];

const EVERY = FIELDS.map((field) => field.id);

function types(first: number): readonly SandboxIssueType[] {
  return [
    { id: String(first), name: "Story", subtask: false, fields: EVERY },
    { id: String(first + 1), name: "Bug", subtask: false, fields: EVERY },
    // A task has no post-deploy checks: that field is not applicable to it.
    {
      id: String(first + 2),
      name: "Task",
      subtask: false,
      fields: ["customfield_10010", "customfield_10012"],
    },
    { id: String(first + 3), name: "Sub-task", subtask: true, fields: [] },
    { id: String(first + 4), name: "Epic", subtask: false, fields: [] },
  ];
}

/** Two projects with a workflow from an idea to production. */
export const DEFAULT_SITE: SandboxSite = {
  fields: FIELDS,
  projects: [
    { key: "PLAY", name: "Playground", types: types(10_001) },
    { key: "OPS", name: "Operations", types: types(10_101) },
  ],
  statuses: [
    { id: "1", name: "To Do", category: "new" },
    { id: "2", name: "In Progress", category: "indeterminate" },
    { id: "3", name: "In Review", category: "indeterminate" },
    { id: "4", name: "Ready to deploy", category: "indeterminate" },
    { id: "5", name: "Done", category: "done" },
  ],
  transitions: [
    { id: "11", name: "Start", from: ["To Do"], to: "In Progress" },
    { id: "21", name: "Ask for review", from: ["In Progress"], to: "In Review" },
    { id: "31", name: "Accept", from: ["In Review"], to: "Ready to deploy" },
    { id: "41", name: "Close", from: ["Ready to deploy"], to: "Done" },
    // Its screen insists on a field.
    {
      id: "45",
      name: "Close with checks",
      from: ["Ready to deploy"],
      to: "Done",
      needs: ["customfield_10011"],
    },
    { id: "51", name: "Reopen", from: [], to: "To Do" },
  ],
};
