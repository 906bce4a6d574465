/** Returns words as the gallery keeps them: every gap, line breaks too, is one space. */
export function oneLine(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}
