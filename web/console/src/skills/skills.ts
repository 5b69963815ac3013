import type { ConnectedSkill, SkillBoard, SkillChange, SkillNumbers } from "@tandem/shared";

export const skillsKey = ["skills"] as const;
export const callsKey = (skill: string): readonly string[] => ["skills", "calls", skill];

/** Under which name a connected skill's calls are counted and kept. */
export function callName(skill: ConnectedSkill): string {
  return `skill:${skill.id}`;
}

export function numbersOf(board: SkillBoard, name: string): SkillNumbers | undefined {
  return board.numbers.find((it) => it.skill === name);
}

/** A skill as it is now, in the shape in which it is changed. */
export function changeOf({ active, offer }: ConnectedSkill): SkillChange {
  const { skill, triggers, answer } = offer;
  const slots = Object.fromEntries(
    skill.slots.map(({ name, title, ask, required, private: hidden, given_by, fixed }) => [name, { title, ask, required, private: hidden, given_by, fixed }]),
  );
  return {
    active, title: skill.title, personal: skill.personal, writes: skill.writes, confirm: skill.writes, seconds: skill.seconds, tries: skill.tries, hides: [...skill.hides], triggers: [...triggers], answer, slots, who: skill.who.filter((it) => it !== "administrator"), audience: [...skill.audience],
  };
}

export function placeSkill(board: SkillBoard, changed: ConnectedSkill): SkillBoard {
  return { ...board, skills: board.skills.map((it) => (it.id === changed.id ? changed : it)) };
}

export function linesOf(text: string): string[] {
  return text.split("\n").map((line) => line.trim()).filter(Boolean);
}

/** Those that fit what is searched for; the ones switched on first. */
export function found(skills: readonly ConnectedSkill[], search: string): ConnectedSkill[] {
  const sought = search.trim().toLowerCase();
  const fits = ({ operation, offer }: ConnectedSkill): boolean =>
    [operation, offer.skill.title.zh, offer.skill.title.en, offer.binding.path].some((text) => text.toLowerCase().includes(sought));
  return skills.filter(fits).sort((a, b) => Number(b.active) - Number(a.active));
}
