import {
  type ColumnUpdateNode,
  type KyselyPlugin,
  type OperationNode,
  OperationNodeTransformer,
  ValueListNode,
  ValueNode,
  type ValuesNode,
} from "kysely";

/**
 * Writes arrays and plain objects as JSON where they are a column's value in an insert or update. Left alone, pg would
 * send an array as a PostgreSQL array. Arrays elsewhere, as in `= any(…)`, stay arrays.
 */
export function jsonValues(): KyselyPlugin {
  const transformer = new JsonValues();
  return {
    transformQuery: ({ node, queryId }) => transformer.transformNode(node, queryId),
    transformResult: async ({ result }) => result,
  };
}

class JsonValues extends OperationNodeTransformer {
  protected override transformValues(node: ValuesNode): ValuesNode {
    return {
      ...node,
      values: node.values.map((row) =>
        ValueListNode.is(row)
          ? { ...row, values: row.values.map(nodeAsJson) }
          : { ...row, values: row.values.map(valueAsJson) },
      ),
    };
  }

  protected override transformColumnUpdate(node: ColumnUpdateNode): ColumnUpdateNode {
    return { ...node, value: nodeAsJson(node.value) };
  }
}

function nodeAsJson(node: OperationNode): OperationNode {
  return ValueNode.is(node) ? ValueNode.create(valueAsJson(node.value)) : node;
}

function valueAsJson(value: unknown): unknown {
  const plain = typeof value === "object" && value !== null && !ArrayBuffer.isView(value) && !(value instanceof Date);
  return plain ? JSON.stringify(value) : value;
}
