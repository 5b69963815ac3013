/** What a view answers: a description of elements, which `render.ts` compares with what is on the page. */

export type Key = string | number;
export type Child = VNode | string | number | boolean | null | undefined | readonly Child[];
export type Component<Props> = (props: Props) => Child;
export type Ref<T> = { current: T | null };

export type VNode = {
  readonly tag: string | Component<never>;
  readonly props: Readonly<Record<string, unknown>>;
  readonly children: readonly Child[];
};

/** What TypeScript writes for `<tag …props>children</tag>`; a component finds its children in its props. */
export function h(tag: string | Component<never>, props: Record<string, unknown> | null, ...children: Child[]): VNode {
  return { tag, props: props ?? {}, children };
}

export const Fragment = ({ children }: { children?: readonly Child[] }): Child => children;

type Attribute =
  | "alt" | "autocomplete" | "class" | "d" | "datetime" | "dir" | "disabled" | "enterkeyhint" | "height" | "hidden" | "href" | "id" | "loading"
  | "max" | "maxlength" | "multiple" | "novalidate" | "placeholder" | "rel" | "role" | "rows" | "src" | "start" | "tabindex" | "target" | "title"
  | "type" | "value" | "viewBox" | "width" | `aria-${string}` | `data-${string}`;
type Attributes = { readonly [Name in Attribute]?: string | number | boolean | null | undefined };
/** By the names of the DOM's own properties, so that nothing has to be translated; one that answered false would cancel the event. */
type Handlers<Target> = {
  [Name in keyof HTMLElementEventMap as `on${Name}`]?: (event: HTMLElementEventMap[Name] & { readonly currentTarget: Target }) => undefined | void | Promise<void>;
};
type Described<Target> = Attributes & Handlers<Target> & { ref?: Ref<Target>; children?: unknown };

// TypeScript looks for the types of JSX in a namespace of the factory.
export declare namespace h {
  namespace JSX {
    type Element = VNode;
    type ElementType = string | Component<never>;
    interface ElementChildrenAttribute {
      children: unknown;
    }
    interface IntrinsicAttributes {
      key?: Key;
    }
    type IntrinsicElements = { [Tag in keyof HTMLElementTagNameMap]: Described<HTMLElementTagNameMap[Tag]> } & {
      [Tag in "svg" | "path"]: Described<SVGElement>;
    };
  }
}
