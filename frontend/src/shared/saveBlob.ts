/** Saves something that the page holds as a file. */
export function saveBlob(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // Only once the browser has surely begun to read it.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
