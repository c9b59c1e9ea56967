/** What the scripts before ours leave behind, as far as ours use it. */
declare const htmx: { readonly trigger: (element: string, event: string) => void };
declare const Idiomorph: {
  readonly defaults: {
    ignoreActiveValue: boolean;
    readonly callbacks: {
      /** false: the node stays as it is. */
      beforeNodeMorphed: (old: Node, fresh: Node) => boolean;
      beforeNodeRemoved: (old: Node) => boolean;
      beforeAttributeUpdated: (name: string, element: Element, change: "update" | "remove") => boolean;
    };
  };
};
