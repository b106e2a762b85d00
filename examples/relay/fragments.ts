import { graphql } from "relay-runtime";

/** What went wrong somewhere below a list, and what to do about it. */
export const missing = graphql`
  fragment fragments_missing on Unavailable {
    provider
    product
    action
    item {
      id
      institutionName
    }
    error {
      code
      message
      retryAt
    }
  }
`;

/** One login, and whether it works. */
export const itemCard = graphql`
  fragment fragments_itemCard on Item {
    id
    provider
    institutionName
    health {
      status
      action
      error {
        code
        message
        retryAt
      }
    }
  }
`;

/** A report, and how far each aggregator is with it. */
export const reportProgress = graphql`
  fragment fragments_reportProgress on Report {
    id
    status
    sources {
      id
      provider
      status
      error {
        code
        message
      }
    }
  }
`;
