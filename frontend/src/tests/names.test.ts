import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { names, words } from './names.json';

const files = import.meta.glob<string>(['/src/**/*.{ts,tsx}', '/cli/**/*.ts', '!**/schema.d.ts'], {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** Returns the identifiers that a file declares; those of libraries and of the contract are not ours to choose. */
function declaredIn(path: string, text: string): string[] {
  const declared: string[] = [];
  const visit = (node: ts.Node): void => {
    const { name, propertyName } = node as { name?: ts.Node; propertyName?: ts.Node };
    const renames = propertyName !== undefined;
    const theirs =
      ts.isPropertyAssignment(node) || ts.isPropertyAccessExpression(node) || ts.isImportSpecifier(node);
    const ours = !theirs && (renames || !ts.isBindingElement(node));
    if (ours && name && (ts.isIdentifier(name) || ts.isPrivateIdentifier(name))) declared.push(name.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, text, ts.ScriptTarget.Latest));
  return declared;
}

/** Writes an identifier as words between spaces: `#sentAtOnce` is ` sent at once `. */
function wordsOf(identifier: string): string {
  const parts = identifier.split(/[^A-Za-z]+|(?<=[a-z])(?=[A-Z])/).filter((part) => part !== '');
  return ` ${parts.join(' ').toLowerCase()} `;
}

/** Returns which of the older names an identifier has, and what to call it. */
function olderNamesIn(identifier: string): string[] {
  const spelt = wordsOf(identifier);
  const byWord = Object.entries(words).filter(([word]) => spelt.includes(` ${word} `));
  const byName = Object.entries(names).filter(([name]) => name === identifier);
  return [...byWord, ...byName].map(([older, newer]) => `${identifier}: not “${older}”, but ${newer}`);
}

describe('what things are called', () => {
  it.each([
    ['#sentAtOnce', 1],
    ['MAX_PATIENCE', 1],
    ['settledTwins', 2],
    ['passing', 1],
    ['foundPictures', 0],
    ['reachable', 0],
  ])('of %s %d words are older ones', (identifier, count) => {
    expect(olderNamesIn(identifier)).toHaveLength(count);
  });

  it('is the field’s own word wherever the page or the command line declares a name', () => {
    const older = Object.entries(files).flatMap(([path, text]) =>
      [...declaredIn(path, text), fileName(path)].flatMap(olderNamesIn).map((words) => `${path} ${words}`),
    );
    expect(Object.keys(files).length).toBeGreaterThan(200);
    expect([...new Set(older)]).toEqual([]);
  });
});

function fileName(path: string): string {
  return path.replace(/^.*\/|\..*$/g, '');
}
