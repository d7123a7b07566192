import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';

/** « Every command checks access on its first line », and so does every page of a garden: held here for files that nobody has thought of. */

const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' });

function parse(file: string): ts.SourceFile {
  return ts.createSourceFile(file, readFileSync(join(import.meta.dirname, file), 'utf8'), ts.ScriptTarget.Latest, true);
}

type Found = { name: string; parameters: readonly ts.ParameterDeclaration[]; body: ts.ConciseBody };

/** Functions at the top of a file, and those of the objects it holds (`actions`). */
function functionsOf(file: string): Found[] {
  const found: Found[] = [];
  const keep = (name: string, value: ts.Node | undefined): void => {
    if (!value) return;
    if (ts.isSatisfiesExpression(value)) keep(name, value.expression);
    if ((ts.isFunctionDeclaration(value) || ts.isArrowFunction(value) || ts.isMethodDeclaration(value)) && value.body)
      found.push({ name, parameters: value.parameters, body: value.body });
    if (ts.isObjectLiteralExpression(value))
      for (const one of value.properties) keep(one.name?.getText() ?? '', ts.isPropertyAssignment(one) ? one.initializer : one);
  };
  for (const statement of parse(file).statements) {
    if (ts.isFunctionDeclaration(statement)) keep(statement.name?.text ?? '', statement);
    if (ts.isVariableStatement(statement))
      for (const one of statement.declarationList.declarations) keep(one.name.getText(), one.initializer);
  }
  return found;
}

/** Its first statements, or the expression it is. */
const start = ({ body }: Found, statements: number): string =>
  ts.isBlock(body)
    ? body.statements
        .slice(0, statements)
        .map((one) => one.getText())
        .join('\n')
    : body.getText();

test('every use case of a door asks for its right before anything else', () => {
  const doors = files.filter((file) => /^domains\/\w+\/index\.server\.ts$/.test(file));
  const takesActor = (one: Found) => /\b(actor: (Network)?Actor|own: Own|who: Prescribing)\b/.test(one.parameters[0]?.getText() ?? '');
  const rooms = doors.map((door) => {
    const names = new Set(parse(door).getFullText().match(/\w+/g));
    const server = files.filter((file) => file.startsWith(door.replace('index.server.ts', 'server/')) && file.endsWith('.ts'));
    return { names, functions: server.flatMap(functionsOf).filter(takesActor) };
  });
  const asks = (one: Found) =>
    /^(if \(!can\(actor, [^)]*\)\) )?require(Right|Network)\(actor\b/.test(start(one, 1)) ||
    /^(const actor = )?((require|look)Own\(own|asPrescriber\(who)\b/.test(start(one, 1));
  const inDoors = new Set(
    rooms.flatMap(({ names, functions }) => functions.filter((one) => names.has(one.name) && asks(one)).map(({ name }) => name)),
  );
  const commands = rooms.flatMap(({ names, functions }) => {
    // Those that hand the actor first to a use case, or to a function of the same room that asks.
    const checked = new Set([...inDoors, ...functions.filter(asks).map(({ name }) => name)]);
    return functions
      .filter(({ name }) => names.has(name))
      .map((one) => ({ name: one.name, checked: asks(one) || checked.has(/(\w+)\((?:actor|own|who), /.exec(start(one, 1))?.[1] ?? '') }));
  });
  expect(commands.length).toBeGreaterThan(50);
  // Left: a question about rights, which reads nothing.
  const others = commands.filter(({ checked }) => !checked);
  expect(others.map(({ name }) => name).sort()).toEqual(['seesCustomers']);
});

test('every load, action and endpoint of a garden enters it before anything else', () => {
  const served = files.filter((file) =>
    /^routes\/(gestion\/\[jardin\]|mon-compte\/\[jardin\]|prescripteur\/\[jardin\])\/.*(\+(page|layout)\.server|\+server|\/answer)\.ts$/.test(
      file,
    ),
  );
  const handlers = served.flatMap((file) => {
    const takesEvent = functionsOf(file).filter(({ parameters }) => parameters[0]?.name.getText() === 'event');
    const enters = (one: Found) => /\b(enter|enterOwn|enterPrescriber|answerSheet|answerList)\(event\b/.test(start(one, 3));
    // Those that begin with a function of the same file that enters.
    const doors = takesEvent.filter(enters).map(({ name }) => name);
    const checked = (one: Found) => enters(one) || doors.includes(/\b(\w+)\(event\)/.exec(start(one, 1))?.[1] ?? '');
    return takesEvent.map((one) => ({ place: `${file}: ${one.name}`, checked: checked(one) }));
  });
  expect(new Set(handlers.map(({ place }) => place.split(':')[0])).size).toBe(served.length);
  expect(handlers.filter(({ checked }) => !checked).map(({ place }) => place)).toEqual([]);
});

test('every load, action and endpoint of a garden’s public pages asks whether they are open before anything else', () => {
  const served = files.filter((file) => /^routes\/\(public\)\/jardins\/\[site\]\/.*(\+(page|layout)\.server|\+server)\.ts$/.test(file));
  const handlers = served.flatMap((file) =>
    functionsOf(file)
      .filter(({ parameters }) => parameters[0]?.name.getText() === 'event')
      .map((one) => ({ place: `${file}: ${one.name}`, asks: /\b(enterSite|enterSignup|openStep)\(event\b/.test(start(one, 2)) })),
  );
  expect(new Set(handlers.map(({ place }) => place.split(':')[0])).size).toBe(served.length);
  expect(handlers.filter(({ asks }) => !asks).map(({ place }) => place)).toEqual([]);
});
