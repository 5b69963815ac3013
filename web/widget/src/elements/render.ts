/**
 * Puts a description of elements on the page and keeps it true: only what differs is touched, so that focus, selection and
 * scroll stay. Views are functions with hooks, as in React, of which this is the part the widget needs in a fifth of the bytes.
 * All effects run right after the page is changed; there are no contexts, portals or hydration.
 */

import { Fragment, type Child, type Component, type Key, type Ref, type VNode } from "./jsx";

type Hook = { value?: unknown; deps?: readonly unknown[] | undefined; undo?: void | (() => void) };

/** One element, text or component on the page. */
type Part = {
  node: VNode;
  readonly key: Key;
  readonly above: Part | null;
  below: Part[];
  /** Where its elements stand. */
  readonly host: Node;
  /** None of its own for a component. */
  readonly dom: Element | Text | null;
  readonly hooks: Hook[];
  /** To be drawn anew: it is described differently, or it or a view below it holds a value that changed. */
  stale: boolean;
};

const TEXT = "";
const SVG = "http://www.w3.org/2000/svg";

const roots = new Set<Part>();
let due: (() => void)[] = [];
let drawn: Part;
let hookAt: number;

/** Shows `view` in `host`, which is otherwise empty. */
export function mount(view: Component<object>, host: Node): void {
  roots.add(begin({ tag: view, props: {}, children: [] }, 0, null, host));
  flush();
}

function flush(): void {
  // Cleared first: a view that fails would else be the last one ever drawn.
  const stale = [...roots];
  roots.clear();
  for (const root of stale) place(root, null);
  const effects = due;
  due = [];
  for (const run of effects) run();
}

function begin(node: VNode, key: Key, above: Part | null, host: Node): Part {
  const dom = create(node.tag, host);
  if (dom) describe(dom, {}, node.props);
  return { node, key, above, below: [], host, dom, hooks: [], stale: true };
}

function create(tag: VNode["tag"], host: Node): Element | Text | null {
  if (typeof tag !== "string") return null;
  if (tag === TEXT) return new Text();
  // A shadow root is of no namespace.
  return document.createElementNS(tag === "svg" ? SVG : ((host as Element).namespaceURI ?? document.documentElement.namespaceURI), tag);
}

/** Draws what is stale, puts all in its place before `end`, and answers the first node of it, or `end` where it has none. */
function place(part: Part, end: Node | null): Node | null {
  const { dom, host, stale } = part;
  if (stale) draw(part);
  if (!dom) return placeBelow(part, end);
  if (stale) placeBelow(part, null);
  if (dom.parentNode !== host || dom.nextSibling !== end) host.insertBefore(dom, end);
  return dom;
}

function placeBelow({ below }: Part, end: Node | null): Node | null {
  return below.reduceRight((next, part) => place(part, next), end);
}

function draw(part: Part): void {
  const { node: { tag, props, children } } = part;
  part.stale = false;
  if (typeof tag === "string") return match(part, children);
  [drawn, hookAt] = [part, 0];
  match(part, [(tag as Component<object>)({ ...props, children })].flat() as Child[]);
}

/** What has the same key, or else the same place, and is of the same kind stays on the page. */
function match(part: Part, children: readonly Child[]): void {
  const held = new Map(part.below.map((below) => [below.key, below]));
  part.below = children.flatMap((child, index) => {
    if (child === null || child === undefined || typeof child === "boolean") return [];
    const node = asNode(child);
    const key = (node.props.key as Key | undefined) ?? index;
    const known = held.get(key);
    if (known?.node.tag !== node.tag) return begin(node, key, part, part.dom ?? part.host);
    held.delete(key);
    renew(known as Part, node);
    return known as Part;
  });
  held.forEach(remove);
}

function asNode(child: VNode | string | number | readonly Child[]): VNode {
  if (child instanceof Array) return { tag: Fragment, props: {}, children: child };
  return typeof child === "object" ? (child as VNode) : { tag: TEXT, props: { data: child }, children: [] };
}

/** The very same description as before is not looked into. */
function renew(part: Part, node: VNode): void {
  if (part.node === node) return;
  if (part.dom) describe(part.dom, part.node.props, node.props);
  part.node = node;
  part.stale = true;
}

function remove({ dom, hooks, below }: Part): void {
  for (const { undo } of hooks) undo?.();
  dom?.remove();
  below.forEach(remove);
}

function describe(dom: Element | Text, was: VNode["props"], now: VNode["props"]): void {
  for (const name in { ...was, ...now }) {
    const value = now[name];
    if (/^(value|data|on.*)$/.test(name)) {
      // A field's value changes by typing: it is compared with what is there, not with what was said last.
      const target = dom as unknown as Record<string, unknown>;
      if (target[name] !== value) target[name] = value ?? null;
    } else if (value === was[name]) continue;
    else if (name === "ref") (value as Ref<unknown>).current = dom;
    else if (value === null || value === undefined || (value === false && !name.startsWith("aria"))) (dom as Element).removeAttribute(name);
    else (dom as Element).setAttribute(name, String(value));
  }
}

function redraw(part: Part): void {
  let top = part;
  for (let at: Part | null = part; at; at = at.above) (top = at).stale = true;
  if (roots.size === 0) queueMicrotask(flush);
  roots.add(top);
}

function nextHook(first: () => Hook): Hook {
  return (drawn.hooks[hookAt++] ??= first());
}

function isSame(one: readonly unknown[] | undefined, other: readonly unknown[] | undefined): boolean {
  return !!one && !!other && one.every((value, index) => value === other[index]);
}

export function useState<T>(first: T | (() => T)): [T, (next: T | ((held: T) => T)) => void] {
  const part = drawn;
  const hook = nextHook(() => ({ value: resolve(first, first as T) }));
  const set = (next: T | ((held: T) => T)): void => {
    const value = resolve(next, hook.value as T);
    if (value === hook.value) return;
    hook.value = value;
    redraw(part);
  };
  return [hook.value as T, set];
}

function resolve<T>(value: T | ((held: T) => T), held: T): T {
  return value instanceof Function ? value(held) : value;
}

export function useRef<T>(first: null): Ref<T>;
export function useRef<T>(first: T): { current: T };
export function useRef<T>(first: T): { current: T } {
  return nextHook(() => ({ value: { current: first } })).value as { current: T };
}

export function useMemo<T>(make: () => T, deps: readonly unknown[]): T {
  const hook = nextHook(() => ({}));
  if (!isSame(hook.deps, deps)) [hook.value, hook.deps] = [make(), deps];
  return hook.value as T;
}

/** Runs after each drawing in which `deps` differ, without them after every one; what `run` answers undoes it. */
export function useEffect(run: () => void | (() => void), deps?: readonly unknown[]): void {
  const hook = nextHook(() => ({}));
  if (isSame(hook.deps, deps)) return;
  hook.deps = deps;
  due.push(() => {
    hook.undo?.();
    hook.undo = run();
  });
}
