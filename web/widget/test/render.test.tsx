import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { h, type Child, type Ref } from "../src/elements/jsx";
import { mount, useEffect, useMemo, useRef, useState } from "../src/elements/render";

let root: HTMLElement;
let show: (child: Child) => void;
const drawn = (): Promise<void> => new Promise((done) => queueMicrotask(done));

/** Puts a child on the page, and then another in its place. */
function Stage(): Child {
  const [child, setChild] = useState<Child>(null);
  show = setChild as (child: Child) => void;
  return child;
}

beforeEach(() => {
  root = document.createElement("div");
  document.body.append(root);
  mount(Stage, root);
});

afterEach(() => root.remove());

describe("what is on the page", () => {
  it("is what was described, with text as text", async () => {
    show(
      <p class="a" aria-expanded={false} hidden={false} title={null}>
        {"<b>"}
        {[1, [null, true, " two"]]}
      </p>,
    );
    await drawn();
    expect(root.innerHTML).toBe('<p class="a" aria-expanded="false">&lt;b&gt;1 two</p>');
  });

  it("changes in place: an element of the same kind stays, one of another kind is another", async () => {
    show(<p class="a">one</p>);
    await drawn();
    const first = root.firstChild;
    show(<p title="t">two</p>);
    await drawn();
    expect([root.firstChild === first, root.innerHTML]).toEqual([true, '<p title="t">two</p>']);
    show(<div />);
    await drawn();
    expect(root.innerHTML).toBe("<div></div>");
  });

  it("follows its key: whatever order a list takes, each element stays itself", async () => {
    const Item = ({ name }: { name: string }): Child => <li>{name}</li>;
    const list = (names: string): Child => (
      <ul>
        {[...names].map((name) => (
          <Item key={name} name={name} />
        ))}
      </ul>
    );
    const items = (): Element[] => [...root.querySelectorAll("li")];
    show(list("abcd"));
    await drawn();
    const [a, b, c, d] = items();
    for (const [names, elements] of [
      ["dbca", [d, b, c, a]],
      ["bd", [b, d]],
    ] as const) {
      show(list(names));
      await drawn();
      expect(items()).toEqual(elements);
    }
    show(list("xbyd"));
    await drawn();
    expect(root.textContent).toBe("xbyd");
    expect([items()[1], items()[3]]).toEqual([b, d]);
  });

  it("takes its place again where nothing was before", async () => {
    const Maybe = ({ text }: { text: string }): Child => text !== "" && <i>{text}</i>;
    const page = (text: string): Child => (
      <div>
        <b />
        <Maybe text={text} />
        <u />
      </div>
    );
    for (const text of ["", "x", "", "y"]) {
      show(page(text));
      await drawn();
      expect(root.innerHTML).toBe(`<div><b></b>${text && `<i>${text}</i>`}<u></u></div>`);
    }
  });

  it("gives a field what it should hold, also after somebody typed", async () => {
    show(<input value="a" />);
    await drawn();
    const field = root.querySelector("input") as HTMLInputElement;
    field.value = "typed";
    show(<input value="a" />);
    await drawn();
    expect(field.value).toBe("a");
  });

  it("draws lines as SVG", async () => {
    show(
      <svg viewBox="0 0 1 1">
        <path d="M0 0" />
      </svg>,
    );
    await drawn();
    expect(root.querySelector("path")?.namespaceURI).toBe("http://www.w3.org/2000/svg");
  });
});

describe("a view", () => {
  it("is drawn anew when its value changes, also inside of what is otherwise unchanged", async () => {
    function Counter(): Child {
      const [count, setCount] = useState(0);
      return <button onclick={() => setCount((held) => held + 1)}>{count}</button>;
    }
    function Frame(): Child {
      return useMemo(() => <Counter />, []);
    }
    show(<Frame />);
    await drawn();
    const button = root.querySelector("button") as HTMLButtonElement;
    button.click();
    button.click();
    await drawn();
    expect([root.querySelector("button") === button, button.textContent]).toEqual([true, "2"]);
  });

  it("that is described by the very same element is not asked again", async () => {
    let asked = 0;
    const Costly = (): Child => `${++asked}`;
    const same = <Costly />;
    show(<p class="a">{same}</p>);
    await drawn();
    show(<p class="b">{same}</p>);
    await drawn();
    expect([root.innerHTML, asked]).toEqual(['<p class="b">1</p>', 1]);
  });

  it("that fails does not keep anything from being drawn later", async () => {
    const Broken = (): Child => {
      throw new Error("broken");
    };
    expect(() => mount(Broken, document.createElement("div"))).toThrow("broken");
    show(<p>after</p>);
    await drawn();
    expect(root.innerHTML).toBe("<p>after</p>");
  });

  it("runs its effects with its elements on the page, again when what they depend on changes, and undoes them when it leaves", async () => {
    const told: string[] = [];
    function Told({ on }: { on: string }): Child {
      const field: Ref<HTMLInputElement> = useRef(null);
      useEffect(() => {
        told.push(`${on} ${field.current?.isConnected}`);
        return () => told.push(`not ${on}`);
      }, [on]);
      return <input ref={field} />;
    }
    for (const child of [<Told on="a" />, <Told on="a" />, <Told on="b" />, null]) {
      show(child);
      await drawn();
    }
    expect(told).toEqual(["a true", "not a", "b true", "not b"]);
  });
});
