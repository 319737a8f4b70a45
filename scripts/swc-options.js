'use strict';

/**
 * Compiler options shared by tests and package. `lazy` defers loading a dependency until its first use, so unused
 * constructs cost nothing; `lazyLocal` does the same for relative imports (the public index).
 */
function swcOptions(lazyLocal = []) {
  return {
    swcrc: false,
    jsc: {
      parser: { syntax: 'typescript' },
      target: 'es2022',
      keepClassNames: true,
      // Comments stand in the declarations; Node would read them at every start.
      minify: { compress: false, mangle: false, format: { comments: false, beautify: true } },
    },
    module: {
      type: 'commonjs',
      lazy: lazyLocal.length > 0 ? lazyLocal : true,
      importInterop: 'none',
      // Lets Node detect the names that an ES module can import.
      exportInteropAnnotation: true,
    },
    sourceMaps: false,
  };
}

module.exports = { swcOptions };
