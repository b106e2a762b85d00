/** A wire type of the `plaid` package with its enums as the strings that travel: the package itself is not there at run time. */
export type Plain<T> = T extends string
  ? `${T}`
  : T extends readonly (infer E)[]
    ? Plain<E>[]
    : T extends object
      ? { [K in keyof T]: Plain<T[K]> }
      : T;
