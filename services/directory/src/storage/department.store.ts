import { first, type Sql } from '@yinglian/persistence';
import type { Department } from '../domain/hospital.js';

/** A hospital has some dozens of departments: all of them are one answer. */
export const listDepartments = (sql: Sql, hospital: string): Promise<Department[]> =>
  sql.query<Department>('SELECT code, name, head, version FROM departments WHERE hospital = $1 ORDER BY code', [
    hospital,
  ]);

export const findDepartment = (sql: Sql, hospital: string, code: string): Promise<Department | undefined> =>
  first<Department>(sql, 'SELECT code, name, head, version FROM departments WHERE (hospital, code) = ($1, $2)', [
    hospital,
    code,
  ]);

export async function insertDepartment(sql: Sql, hospital: string, { code, name }: Pick<Department, 'code' | 'name'>) {
  await sql.query('INSERT INTO departments (hospital, code, name) VALUES ($1, $2, $3)', [hospital, code, name]);
}

/** Changes it if it still has the version that was read; undefined when it has another, or is not there. */
export const updateDepartment = (
  tx: Sql,
  hospital: string,
  { code, name, head, version }: Department,
): Promise<Department | undefined> =>
  first<Department>(
    tx,
    `UPDATE departments SET name = $3, head = $4, version = version + 1 WHERE (hospital, code) = ($1, $2) AND version = $5
     RETURNING code, name, head, version`,
    [hospital, code, name, head, version],
  );
