/** Returns the name a file was given, with a number where another has it in any case of its letters, and notes it as used. */
export function freshName(given: string, used: Set<string>): string {
  const ending = /\.[^.]{1,11}$/.exec(given)?.[0] ?? '';
  const stem = given.slice(0, given.length - ending.length);
  for (let turn = 1; ; turn += 1) {
    const name = turn === 1 ? given : `${stem} (${turn})${ending}`;
    if (used.has(name.toLowerCase())) continue;
    used.add(name.toLowerCase());
    return name;
  }
}
