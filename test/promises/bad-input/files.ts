import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Case, dry, where } from './case.ts'

/** Files that are named on the command line. */
export const fileCases: readonly Case[] = [
  {
    name: 'a plan file that is not there',
    args: () => ['run', '--plan', 'nowhere.json'],
    says: /nowhere\.json.*ENOENT/s,
  },
  {
    name: 'a plan file that is not JSON',
    args: () => ['run', '--plan', 'bad.json'],
    prepare: ({ folder }) =>
      writeFileSync(join(folder, 'bad.json'), '{"format": "offboard.plan/1",\n  oops}'),
    says: /bad\.json.*line 2/s,
  },
  {
    name: 'a plan file of another format',
    args: () => ['run', '--plan', 'bad.json'],
    prepare: ({ folder }) => writeFileSync(join(folder, 'bad.json'), '{"format": "offboard.plan/9"}'),
    says: /bad\.json.*format/s,
  },
  {
    name: 'a footprint file with an unknown key',
    args: () => [...dry(), '--footprint', 'more.yaml'],
    prepare: ({ folder }) => writeFileSync(join(folder, 'more.yaml'), 'rules:\n  - A\nruls:\n  - B\n'),
    says: /more\.yaml.*line 3/s,
  },
  {
    name: 'a message that is not there',
    args: () => ['verify', ...where, '--message', 'mail.eml'],
    says: /mail\.eml/,
  },
  {
    name: 'a plan file that is a folder',
    args: () => ['run', '--plan', 'folder'],
    prepare: ({ folder }) => mkdirSync(join(folder, 'folder')),
    says: /folder.*EISDIR/s,
  },
  {
    name: 'a plan file that is empty',
    args: () => ['run', '--plan', 'empty.json'],
    prepare: ({ folder }) => writeFileSync(join(folder, 'empty.json'), ''),
    says: /empty\.json.*not JSON/s,
  },
  {
    name: 'a plan file that is something else',
    args: () => ['run', '--plan', 'list.json'],
    prepare: ({ folder }) => writeFileSync(join(folder, 'list.json'), '[1, 2]'),
    says: /list\.json.*not a plan/s,
  },
  {
    name: 'a plan file that holds no plan',
    args: () => ['run', '--plan', 'none.json'],
    prepare: ({ folder }) => writeFileSync(join(folder, 'none.json'), '{"format": "offboard.plan/1"}'),
    says: /none\.json.*changed by hand, or damaged/s,
    exitCode: 4,
  },
  {
    name: 'a plan to be kept in a folder that is not there',
    args: () => [...dry(), '-o', 'nowhere/plan.json'],
    says: /nowhere.plan\.json.*ENOENT/s,
  },
  {
    name: 'a log that cannot be written',
    args: () => [...dry(), '--log-file', 'nowhere/offboard.log'],
    says: /--log-file.*nowhere.offboard\.log.*ENOENT/s,
  },
  {
    name: 'a footprint file that is not there',
    args: () => [...dry(), '--footprint', 'nowhere.yaml'],
    says: /--footprint.*nowhere\.yaml.*ENOENT/s,
  },
  {
    name: 'an address of the footprint that is none',
    args: () => [...dry(), '--footprint', 'more.yaml'],
    prepare: ({ folder }) => writeFileSync(join(folder, 'more.yaml'), 'addresses:\n  - 10.0.0.0/8\n'),
    says: /more\.yaml.*line 2.*10\.0\.0\.0\/8/s,
  },
]
