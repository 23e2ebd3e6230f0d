import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';

/** Parts of the window whose words all stand in the catalogue. */
const MOVED = [
  'renderer/shell',
  'renderer/ui',
  'renderer/client',
  'renderer/app.tsx',
  'renderer/main.tsx',
  'renderer/schedules',
  'renderer/digests',
  'renderer/rules',
  'renderer/posts/labels.tsx',
  'renderer/posts/label-line.tsx',
  'renderer/posts/label-editor.tsx',
  'renderer/posts/muted-note.tsx',
  'renderer/shell/label-list.tsx',
  'renderer/shell/use-rule-notices.ts',
  'renderer/sources',
  'renderer/welcome',
  'renderer/settings',
  'renderer/help',
  'renderer/history',
  'renderer/stats',
  'renderer/domains',
  'renderer/top',
  'renderer/gaps',
  'renderer/ui/bar-chart.tsx',
  'renderer/ui/chart-axes.tsx',
  'renderer/ui/chart-figure.tsx',
  'renderer/ui/spark-bars.tsx',
  'renderer/ui/format.ts',
  'renderer/ui/dates.ts',
  'renderer/posts/article-choice.tsx',
  'renderer/posts/article-frame.tsx',
  'renderer/posts/article-images.ts',
  'renderer/posts/enclosures.tsx',
  'renderer/posts/image-line.tsx',
  'renderer/searches',
  'renderer/shell/saved-searches.tsx',
  'renderer/ui/search-dialog.tsx',
  'renderer/posts/highlight.tsx',
  'renderer/posts/recent-searches.ts',
  'renderer/posts/search-band.tsx',
  'renderer/posts/search-field.tsx',
  'renderer/posts/search-help.tsx',
  'renderer/posts/search-offers.tsx',
  'renderer/posts/search-words.ts',
  'renderer/posts/use-rested.ts',
  'renderer/posts/use-saved-search.ts',
  'renderer/posts/use-search-text.ts',
  'renderer/posts/use-suggestions.ts',
  'renderer/posts/keep-place.ts',
  'renderer/posts/reader-bar.tsx',
  'renderer/posts/reader-body.tsx',
  'renderer/posts/reader-head.tsx',
  'renderer/posts/reader.tsx',
  'renderer/posts/reading-place.ts',
  'renderer/posts/reading.ts',
  'renderer/posts/score-trail.tsx',
  'renderer/posts/update-line.tsx',
  'renderer/posts/use-article.ts',
  'renderer/posts/use-images.ts',
  'renderer/posts/use-reader-commands.ts',
  'renderer/posts/use-reading.ts',
  'renderer/posts/also-in.tsx',
  'renderer/posts/empty-words.ts',
  'renderer/posts/group-rows.ts',
  'renderer/posts/list-head.tsx',
  'renderer/posts/list-order.ts',
  'renderer/posts/list-pane.tsx',
  'renderer/posts/list-states.tsx',
  'renderer/posts/post-list.tsx',
  'renderer/posts/post-row.tsx',
  'renderer/posts/post-view.ts',
  'renderer/posts/posts-screen.tsx',
  'renderer/posts/use-anchor.ts',
  'renderer/posts/use-opening.ts',
  'renderer/posts/use-post-actions.ts',
  'renderer/posts/use-post-commands.ts',
  'renderer/posts/use-posts.ts',
  'renderer/shell/source-tree.tsx',
  'renderer/shell/folder-tree.ts',
  'renderer/shell/tree-menu.tsx',
  'renderer/shell/tree-dialog.tsx',
];

const HAS_WORD = /[A-Za-z]{2,}/;
const IS_SENTENCE = /[A-Za-z]{2,}[,:;]? +[A-Za-z]/;
/** What people read of an element, whatever it holds. */
const SPOKEN = new Set([
  'title',
  'label',
  'aria-label',
  'placeholder',
  'alt',
  'help',
  'words',
  'sub',
  'text',
  'kept',
  'aria-description',
]);
/** What people never read, although it may look like words. */
const SILENT = new Set([
  'className',
  'class',
  'd',
  'points',
  'viewBox',
  'transform',
  'href',
  'style',
  'sandbox',
  'key',
  'rel',
  'autoComplete',
  'keys',
]);
const SILENT_CALLS = new Set([
  'classes',
  'querySelector',
  'querySelectorAll',
  'closest',
  'matches',
  'getItem',
  'setItem',
  'removeItem',
  'useKeys',
  'Error',
]);

const isSilentCall = (node: ts.Node): boolean =>
  (ts.isCallExpression(node) || ts.isNewExpression(node)) && SILENT_CALLS.has(node.expression.getText().split('.').at(-1) ?? '');
const isSilentKind = (node: ts.Node): boolean =>
  ts.isImportDeclaration(node) || ts.isTypeNode(node) || ts.isTypeAliasDeclaration(node);
const isSilentPlace = (node: ts.Node): boolean => {
  for (let above = node.parent; above; above = above.parent) {
    if (ts.isJsxAttribute(above)) return SILENT.has(above.name.getText());
    if (isSilentKind(above) || isSilentCall(above)) return true;
    if (ts.isPropertyAssignment(above) && above.name === node) return true;
  }
  return false;
};
const textOf = (node: ts.Node): string | undefined => {
  if (ts.isJsxText(node)) return node.text;
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (ts.isTemplateExpression(node)) return [node.head.text, ...node.templateSpans.map((span) => span.literal.text)].join('x');
  return undefined;
};
const isSpoken = (node: ts.Node, text: string): boolean => {
  const clean = text.replaceAll(/&\w+;/g, ' ');
  if (ts.isJsxText(node)) return HAS_WORD.test(clean);
  const { parent } = node;
  const attribute = ts.isJsxExpression(parent) ? parent.parent : parent;
  if (ts.isJsxAttribute(attribute) && SPOKEN.has(attribute.name.getText())) return HAS_WORD.test(clean);
  return IS_SENTENCE.test(clean) && !isSilentPlace(node);
};

/** Strings of a file that people read and that are not from the catalogue, each with its line. */
const wordsIn = (path: string): string[] => {
  const kind = path.endsWith('.tsx') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true, kind);
  const found: string[] = [];
  const walk = (node: ts.Node): void => {
    const text = textOf(node);
    if (text !== undefined && isSpoken(node, text)) {
      found.push(`${path}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1} ${JSON.stringify(text.trim())}`);
      return;
    }
    ts.forEachChild(node, walk);
  };
  walk(file);
  return found;
};
/** HTML and policies, which nobody reads. */
const NO_WORDS = ['renderer/ui/trusted-html.ts'];
const filesIn = (place: string): string[] => {
  if (/\.tsx?$/.test(place)) return [place];
  return readdirSync(place, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(place, name))
    .filter((file) => !NO_WORDS.includes(file));
};

test('every word that the window says stands in the catalogue', () => {
  const found = MOVED.flatMap(filesIn).flatMap(wordsIn);
  expect(found).toEqual([]);
});
