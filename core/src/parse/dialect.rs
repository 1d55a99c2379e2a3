//! sqlparser's SQLite dialect, with what it lacks of SQLite's expressions.

use core::any::TypeId;

use sqlparser::ast::{DataType, Expr, Ident};
use sqlparser::dialect::{BindPlaceholderStyle, Dialect, Precedence, SQLiteDialect};
use sqlparser::keywords::Keyword;
use sqlparser::parser::{Parser, ParserError};
use sqlparser::tokenizer::Token;

/// The dialect that reads every query and data statement.
#[derive(Debug)]
pub(super) struct Sqlite;

const BASE: SQLiteDialect = SQLiteDialect {};

/// Answers as sqlparser's own SQLite dialect does.
macro_rules! as_sqlparser {
    ($($method:ident($($argument:ident: $kind:ty),*) -> $answer:ty;)+) => {
        $(fn $method(&self, $($argument: $kind),*) -> $answer { BASE.$method($($argument),*) })+
    };
}

impl Dialect for Sqlite {
    // sqlparser asks for the dialect's type in places that have no method of their own.
    fn dialect(&self) -> TypeId {
        TypeId::of::<SQLiteDialect>()
    }

    as_sqlparser! {
        is_delimited_identifier_start(character: char) -> bool;
        identifier_quote_style(name: &str) -> Option<char>;
        ordered_bind_placeholder_style() -> Option<BindPlaceholderStyle>;
        is_identifier_start(character: char) -> bool;
        is_identifier_part(character: char) -> bool;
        supports_filter_during_aggregation() -> bool;
        supports_start_transaction_modifier() -> bool;
        parse_data_type(parser: &mut Parser) -> Option<Result<DataType, ParserError>>;
        prec_value(precedence: Precedence) -> u8;
        supports_in_empty_list() -> bool;
        supports_limit_comma() -> bool;
        supports_asc_desc_in_column_definition() -> bool;
        supports_dollar_placeholder() -> bool;
        supports_notnull_operator() -> bool;
        supports_is_operator() -> bool;
        supports_comma_separated_trim() -> bool;
        supports_numeric_literal_underscores() -> bool;
        supports_double_eq_assignment() -> bool;
        supports_string_literal_column_names() -> bool;
        supports_cast_empty_data_type_to_unspecified() -> bool;
        supports_national_string_literal() -> bool;
        supports_parens_around_table_factor() -> bool;
        supports_unterminated_block_comments() -> bool;
        is_column_alias(keyword: &Keyword, parser: &mut Parser) -> bool;
        supports_over_keyword_as_column_alias() -> bool;
        supports_indexed_by() -> bool;
        is_table_alias(keyword: &Keyword, parser: &mut Parser) -> bool;
        supports_comma_join_constraint() -> bool;
        supports_aggregate_order_by_with_empty_args() -> bool;
        supports_bitwise_shift_operators() -> bool;
        supports_in_table_expression() -> bool;
        is_table_factor(keyword: &Keyword, parser: &mut Parser) -> bool;
        between_low_bound_precedence() -> u8;
        parse_infix(parser: &mut Parser, left: &Expr, precedence: u8) -> Option<Result<Expr, ParserError>>;
        get_next_precedence(parser: &Parser) -> Option<Result<u8, ParserError>>;
    }

    /// `interval` is a plain name in SQLite.
    fn parse_prefix(&self, parser: &mut Parser) -> Option<Result<Expr, ParserError>> {
        let next = parser.peek_token();
        let Token::Word(word) = &next.token else { return None };
        if word.keyword != Keyword::INTERVAL {
            return None;
        }
        parser.advance_token();
        Some(Ok(Expr::Identifier(Ident::with_span(next.span, &word.value))))
    }
}
