import { posix } from 'node:path'
import { build, type Plugin } from 'esbuild'
import type { Sources } from './sources.ts'

/** One import, export-from or import() of a file. */
export interface Import {
  readonly from: string
  /** As written: a package, a `node:` module, or, for a file of the project, its path from the project's folder. */
  readonly to: string
}

/**
 * Types are erased before a bundler looks at imports, so `import type` is read as `import`; esbuild is told to keep
 * imports that nothing uses.
 */
function withTypeImports(text: string): string {
  return text.replace(/^(\s*(?:import|export)) type (?=[{*]|\w+ from\b)/gm, '$1 ')
}

function served(sources: Sources): Plugin {
  return {
    name: 'sources',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /.*/ }, ({ path, kind }) =>
        kind === 'entry-point'
          ? { path: posix.normalize(path), namespace: 'source' }
          : { path, external: true },
      )
      onLoad({ filter: /.*/, namespace: 'source' }, ({ path }) => {
        const text = sources[path]
        if (text === undefined) throw new Error(`no source at ${path}`)
        return { contents: withTypeImports(text), loader: 'ts' }
      })
    },
  }
}

/** Every import of the sources, imports of types included, as esbuild's parser reads them. */
export async function importsOf(sources: Sources): Promise<Import[]> {
  const { metafile } = await build({
    entryPoints: Object.keys(sources),
    bundle: true,
    write: false,
    outdir: 'unused',
    format: 'esm',
    platform: 'node',
    metafile: true,
    logLevel: 'silent',
    tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
    plugins: [served(sources)],
  })
  return Object.entries(metafile.inputs).flatMap(([input, { imports }]) => {
    const from = input.replace(/^source:/, '')
    return imports.map(({ path }) => ({
      from,
      to: path.startsWith('.') ? posix.join(posix.dirname(from), path) : path,
    }))
  })
}
