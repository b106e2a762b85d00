import { join } from "node:path";
import ts from "typescript";
import { ROOT } from "../../scripts/source-files.ts";

/** What Plaid publishes of its API, as the types of its own SDK say it. */
export interface SdkTypes {
  /** Where an answer of this method of PlaidApi is not what the SDK declares, each as "path: what is wrong". */
  answerFaults(method: string, answer: unknown): string[];
  /** The fields that a request of this method may have, but for the client's credentials. */
  requestFields(method: string): RequestField[];
  /** The same for a value of any type that the SDK exports, e.g. "PlaidError" or "SyncUpdatesAvailableWebhook". */
  faultsOf(typeName: string, value: unknown): string[];
}

/** A field of a request. */
export interface RequestField {
  name: string;
  isRequired: boolean;
  /** A value that is not of its type; undefined when the declarations leave it open. */
  wrong: unknown;
  /** Of an object. */
  fields: RequestField[];
}

const DECLARATIONS = join(ROOT, "node_modules/plaid/dist/api.d.ts");
/** All of the language's own that the declarations need, so that its library need not be read. */
const LANGUAGE = `interface Array<T> { length: number; [n: number]: T }
interface Boolean {} interface CallableFunction {} interface Function {} interface IArguments {}
interface NewableFunction {} interface Number {} interface Object {} interface RegExp {} interface String {}`;

const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/;

interface FieldShape {
  type: ts.Type;
  isOptional: boolean;
  /** What its comment says. */
  said: string;
}

interface RecordShape {
  fields: ReadonlyMap<string, FieldShape>;
  /** Of fields of any other name; none may be when absent. */
  others: ts.Type | undefined;
}

/** How texts are written, by what the declarations' comments say of a field. The first that fits holds. */
const FORMATS: readonly [said: RegExp, wanted: string, accepts: (text: string) => boolean][] = [
  [/YYYY-MM-DD(?!T)/, "a date", isDay],
  [/YYYY-MM-DDT|(date and time|timestamp|datetime).*(ISO[ _]8601|RFC ?3339)/i, "a moment", isMoment],
  [/ISO[ _]8601|RFC ?3339/i, "a date or a moment", (text) => isDay(text) || isMoment(text)],
  [/^The ISO-4217 currency code/, "a currency's code", (text) => /^[A-Z]{3}$/.test(text)],
  [/ISO-3166-1 alpha-2/, "a country's code", (text) => /^[A-Z]{2}$/.test(text)],
];

/** Reads the SDK's declarations: a second or so, once for a file of tests. */
export function readSdkTypes(): SdkTypes {
  const program = ts.createProgram([LANGUAGE_FILE, DECLARATIONS], OPTIONS, hostOf(OPTIONS));
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(DECLARATIONS);
  const module = source && checker.getSymbolAtLocation(source);
  if (!module) throw new Error(`${DECLARATIONS} is no module`);
  const exported = new Map(checker.getExportsOfModule(module).map((symbol) => [symbol.name, symbol]));
  const symbolOf = (name: string) => {
    const found = exported.get(name);
    if (!found) throw new Error(`the SDK exports no ${name}`);
    return found;
  };

  const methodOf = (method: string): ts.MethodDeclaration => {
    const declared = symbolOf("PlaidApi").members?.get(ts.escapeLeadingUnderscores(method))?.valueDeclaration;
    if (!declared || !ts.isMethodDeclaration(declared)) throw new Error(`the SDK's PlaidApi has no method ${method}`);
    return declared;
  };
  /** PlaidApi's methods give Promise<AxiosResponse<T, …>>. */
  const answerOf = (method: string): ts.Type => {
    const promise = methodOf(method).type;
    const response = promise && ts.isTypeReferenceNode(promise) ? promise.typeArguments?.[0] : undefined;
    const answer = response && ts.isImportTypeNode(response) ? response.typeArguments?.[0] : undefined;
    if (!answer) throw new Error(`the SDK's ${method} gives no answer`);
    return checker.getTypeFromTypeNode(answer);
  };

  const records = new Map<ts.Type, RecordShape>();
  const recordOf = (type: ts.Type): RecordShape => {
    const known = records.get(type);
    if (known) return known;
    const fields = type.getProperties().map((property): [string, FieldShape] => [
      property.name,
      {
        type: checker.getTypeOfSymbol(property),
        isOptional: (property.flags & ts.SymbolFlags.Optional) !== 0,
        said: ts.displayPartsToString(property.getDocumentationComment(checker)),
      },
    ]);
    const shape = { fields: new Map(fields), others: type.getStringIndexType() };
    records.set(type, shape);
    return shape;
  };

  const check = (type: ts.Type, value: unknown, path: string, said: string): string[] => {
    const { flags } = type;
    const wanted = () => [`${path}: ${JSON.stringify(value)?.slice(0, 60)} is not ${checker.typeToString(type)}`];
    const unless = (fits: boolean) => (fits ? [] : wanted());
    if (flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return [];
    if (isPlain(type) && !type.isUnion()) return unless(fitsPlain(type, value));
    if (flags & ts.TypeFlags.String) return typeof value === "string" ? checkFormat(value, path, said) : wanted();
    if (flags & ts.TypeFlags.Number) return unless(typeof value === "number" && Number.isFinite(value));
    if (type.isUnion()) {
      let nearest: string[] | null = null;
      for (const member of type.types) {
        if (!isOfKind(member, value)) continue;
        const faults = check(member, value, path, said);
        if (faults.length === 0) return [];
        if (!nearest || faults.length < nearest.length) nearest = faults;
      }
      return nearest ?? wanted();
    }
    if (checker.isArrayType(type)) {
      const [element] = checker.getTypeArguments(type as ts.TypeReference);
      if (!Array.isArray(value) || !element) return wanted();
      return value.flatMap((one, at) => check(element, one, `${path}[${at}]`, said));
    }
    if (!isObject(type) && !type.isIntersection()) return wanted();
    return isRecord(value) ? checkRecord(type, value, path) : wanted();
  };

  const checkRecord = (type: ts.Type, value: Record<string, unknown>, path: string): string[] => {
    const { fields, others } = recordOf(type);
    return [
      ...[...fields].flatMap(([name, field]) => {
        const at = path === "" ? name : `${path}.${name}`;
        if (value[name] === undefined) return field.isOptional ? [] : [`${at}: missing`];
        return check(field.type, value[name], at, field.said);
      }),
      ...Object.keys(value)
        .filter((name) => !fields.has(name))
        .flatMap((name) =>
          others
            ? check(others, value[name], `${path}.${name}`, "")
            : [`${path}.${name}: not a field of ${checker.typeToString(type)}`],
        ),
    ];
  };

  /** PlaidApi's methods take the request first. */
  const requestOf = (method: string): ts.Type => {
    const declared = methodOf(method);
    const request = declared.parameters[0]?.type;
    if (!request) throw new Error(`the SDK's ${method} takes no request`);
    return checker.getTypeFromTypeNode(request);
  };
  const requestFields = (type: ts.Type): RequestField[] =>
    [...recordOf(type).fields]
      .filter(([name]) => name !== "client_id" && name !== "secret")
      .map(([name, field]) => {
        const inner = checker.getNonNullableType(field.type);
        const isRecordType = isObject(inner) && !checker.isArrayType(inner);
        return {
          name,
          isRequired: !field.isOptional,
          wrong: wrongFor(inner),
          fields: isRecordType ? requestFields(inner) : [],
        };
      });
  /** Texts for all else, and numbers for texts. */
  const wrongFor = (type: ts.Type): unknown => {
    if (type.flags & ts.TypeFlags.Any) return undefined;
    return type.flags & (ts.TypeFlags.StringLike | ts.TypeFlags.EnumLike) ? 5 : "wrong";
  };

  return {
    requestFields: (method) => requestFields(requestOf(method)),
    answerFaults: (method, answer) => check(answerOf(method), answer, "", ""),
    faultsOf: (typeName, value) => check(checker.getDeclaredTypeOfSymbol(symbolOf(typeName)), value, "", ""),
  };
}

const OPTIONS: ts.CompilerOptions = { strict: true, noLib: true, noResolve: true, types: [], skipLibCheck: true };
const LANGUAGE_FILE = "/language.d.ts";

/** Reads the declarations' file, and the language's own from here. */
function hostOf(options: ts.CompilerOptions): ts.CompilerHost {
  const host = ts.createCompilerHost(options);
  return {
    ...host,
    fileExists: (name) => name === LANGUAGE_FILE || host.fileExists(name),
    readFile: (name) => (name === LANGUAGE_FILE ? LANGUAGE : host.readFile(name)),
    getSourceFile: (name, ...rest) =>
      name === LANGUAGE_FILE
        ? ts.createSourceFile(name, LANGUAGE, ts.ScriptTarget.Latest)
        : host.getSourceFile(name, ...rest),
  };
}

function checkFormat(text: string, path: string, said: string): string[] {
  const format = FORMATS.find(([words]) => words.test(said));
  return !format || format[2](text) ? [] : [`${path}: "${text.slice(0, 60)}" is not ${format[1]}`];
}

function isDay(text: string): boolean {
  return !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().slice(0, 10) === text;
}

function isMoment(text: string): boolean {
  return MOMENT.test(text) && isDay(text.slice(0, 10)) && !Number.isNaN(Date.parse(text));
}

/** Null, undefined, a boolean or a literal. */
function isPlain(type: ts.Type): boolean {
  const plain = ts.TypeFlags.Null | ts.TypeFlags.Undefined | ts.TypeFlags.BooleanLike;
  return (type.flags & plain) !== 0 || type.isLiteral();
}

function fitsPlain(type: ts.Type, value: unknown): boolean {
  if (type.isLiteral()) return type.value === value;
  if (type.flags & ts.TypeFlags.BooleanLike) return typeof value === "boolean";
  return type.flags & ts.TypeFlags.Null ? value === null : value === undefined;
}

/** Whether the value may be of that type, by what kind of value it is. */
function isOfKind(type: ts.Type, value: unknown): boolean {
  if (isPlain(type)) return fitsPlain(type, value);
  if (type.flags & ts.TypeFlags.String) return typeof value === "string";
  if (type.flags & ts.TypeFlags.Number) return typeof value === "number";
  return typeof value === "object" && value !== null;
}

function isObject(type: ts.Type): boolean {
  return (type.flags & ts.TypeFlags.Object) !== 0;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
