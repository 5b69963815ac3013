// What the minifier cannot know of our code: that members of classes are private, and that nobody needs a function before its line.
import { parseAst } from "vite";

/**
 * Variables get short names and need no `this.` before them: the same code, in which every class that inherits nothing is a
 * function that answers an object of what is not `hidden` (the private members by class) and of what anybody asks for.
 * Raises for what it does not know: a `this` that is no member, a name that means two things.
 */
export function closeOver(code, hidden) {
  const tree = parseAst(code);
  const found = classesOf(tree);
  const outside = setThrough([tree], (object) => object.type !== "ThisExpression");
  const edits = found.map(({ node, name }) => [node, asFunction(code, node, (member) => hidden.get(name)?.has(member) || !isAskedFor(code, node, member), outside)]);
  // Such a function may become an arrow, which cannot be called with `new`.
  return found.reduce((text, { name }) => text.replaceAll(new RegExp(`\\bnew ${name}\\(`, "g"), `${name}(`), replaceAll(code, edits));
}

/** The same code with functions as arrows, and one word for all declarations: what is alike is compressed best. */
export function makeAlike(code) {
  const edits = [];
  walk(parseAst(code), ({ type, kind, id, async, body, start, end }) => {
    if (type === "VariableDeclaration") edits.push([{ start, end: start + kind.length }, "let"]);
    if (type !== "FunctionDeclaration") return;
    edits.push([{ start, end: id.end }, `let ${id.name} = ${async ? "async " : ""}`], [{ start: body.start, end: body.start }, "=> "], [{ start: end, end }, ";"]);
  });
  return replaceAll(code, edits);
}

function classesOf(tree) {
  const found = [];
  walk(tree, (node, above) => {
    if (/^Class(Declaration|Expression)$/.test(node.type) && !node.superClass) found.push({ node, name: node.id?.name ?? above.id.name });
  });
  return found;
}

function isAskedFor(code, { start, end }, member) {
  return new RegExp(`\\b${member}\\b`).test(code.slice(0, start) + code.slice(end));
}

function asFunction(code, { id, body }, isHidden, outside) {
  const members = body.body.map((member) => ({ ...member, name: member.key.name }));
  const [fields, methods, getters, [maker]] = ["PropertyDefinition", "method", "get", "constructor"].map((kind) => members.filter((member) => (member.kind ?? member.type) === kind));
  const names = new Set(members.map(({ name }) => name));
  // What others see change is a member of the object; all else is a variable.
  const later = setThrough(methods, (object) => object.type === "ThisExpression");
  const live = new Set([...getters, ...fields.filter(({ name }) => !isHidden(name) && (outside.has(name) || later.has(name)))].map(({ name }) => name));
  const given = new Set(maker?.value.params.map(({ name }) => name).filter((name) => names.has(name)));
  const known = { variable: (name) => (live.has(name) ? `self.${name}` : `$${name}`), takes: new Map(methods.map(({ name, value }) => [name, value.params.length])) };
  const own = (part, given = new Set()) => rewritten(code, part, { ...known, given });

  const params = maker?.value.params.map(({ name }) => (given.has(name) ? `$${name}` : name)) ?? [];
  const variables = fields.filter(({ name }) => !live.has(name) && !given.has(name)).map(({ name, value }) => `$${name}${value ? ` = ${own(value)}` : ""}`);
  const functions = methods.map(({ name, value }) => `${value.async ? "async " : ""}function $${name}(${value.params.map((param) => own(param)).join()}) ${own(value.body)}`);
  const open = [
    ...fields.filter(({ name }) => live.has(name)).map(({ name, value }) => `${name}: ${own(value)}`),
    ...getters.map(({ name, value }) => `get ${name}() ${own(value.body)}`),
    ...[...fields, ...methods].filter(({ name }) => !isHidden(name) && !live.has(name)).map(({ name }) => `${name}: $${name}`),
  ];
  return `function ${id?.name ?? ""}(${params.join()}) {
    ${functions.join("\n")}
    ${variables.length > 0 ? `let ${variables.join()};` : ""}
    ${maker ? own(maker.value.body, given).slice(1, -1) : ""}
    const self = { ${open.join()} };
    return self;
  }`;
}

/** Source of a part, each `this.name` in it replaced; what the constructor is given under a member's name is that member. */
function rewritten(code, part, { variable, takes, given }) {
  const edits = [];
  walk(part, (node, above) => {
    if (handsOnTo(node, takes)) {
      edits.push([node, variable(node.body.callee.property.name)]);
      return "whole";
    }
    if (node.type === "ThisExpression") {
      if (above.type !== "MemberExpression" || above.computed) throw new Error(`cannot close over ${code.slice(above.start, above.end)}`);
      edits.push([above, variable(above.property.name)]);
    } else if (node.type === "Identifier" && given.has(node.name) && isValue(node, above)) edits.push([node, above.shorthand ? `${node.name}: $${node.name}` : `$${node.name}`]);
  });
  return replaceAll(code.slice(part.start, part.end), edits, part.start).replaceAll(/(\$\w+) = \1;/g, "");
}

/** `(one) => this.method(one)` is the method itself, where that takes no more. */
function handsOnTo({ type, params, body }, takes) {
  if (type !== "ArrowFunctionExpression" || body.callee?.object?.type !== "ThisExpression") return false;
  return params.length === body.arguments.length && params.every(({ name }, index) => name && name === body.arguments[index].name) && takes.get(body.callee.property.name) === params.length;
}

/** Not the name of a member. A name that is declared anew would mean two things. */
function isValue(node, above) {
  if (above.params?.includes(node) || above.id === node) throw new Error(`cannot close over another ${node.name}`);
  return !(above.type === "MemberExpression" && above.property === node) && above.key !== node;
}

/** Names of members that are set where `isThrough` knows the object. */
function setThrough(nodes, isThrough) {
  const names = new Set();
  for (const root of nodes)
    walk(root.value ?? root, ({ type, left }) => {
      if (type === "AssignmentExpression" && left.type === "MemberExpression" && isThrough(left.object)) names.add(left.property.name);
    });
  return names;
}

function replaceAll(code, edits, offset = 0) {
  const backwards = [...edits].sort(([one], [other]) => other.start - one.start);
  return backwards.reduce((text, [{ start, end }, now]) => text.slice(0, start - offset) + now + text.slice(end - offset), code);
}

/** In the order of the code; what `visit` calls whole is not looked into. */
function walk(node, visit, above = null) {
  if (visit(node, above) === "whole") return;
  for (const part of Object.values(node).flat()) if (typeof part?.type === "string") walk(part, visit, node);
}
