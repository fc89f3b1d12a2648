import { parseSync } from '@swc/core';

const OF_FUNCTIONS = new Set([
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunctionExpression',
  'ClassMethod',
  'PrivateMethod',
  'MethodProperty',
  'GetterProperty',
  'SetterProperty',
  'Constructor',
]);

/**
 * Whether a module that others import awaits at its top. For one of these Jest gives up loading a graph of modules at once
 * and compiles all that lies around it three times, in each spec file. Programs, which export nothing, may await.
 */
export function isWaitingModule(source: string): boolean {
  if (!/\bawait\b/.test(source) || !/^export\b/m.test(source)) return false;
  const { body } = parseSync(source, { syntax: 'typescript', decorators: true, target: 'es2024' });
  return body.some(awaits);
}

function awaits(node: unknown): boolean {
  if (Array.isArray(node)) return node.some(awaits);
  if (typeof node !== 'object' || node === null) return false;
  const type: unknown = Reflect.get(node, 'type');
  if (type === 'AwaitExpression' || (type === 'ForOfStatement' && Reflect.get(node, 'await') === true)) return true;
  return !(typeof type === 'string' && OF_FUNCTIONS.has(type)) && Object.values(node).some(awaits);
}
