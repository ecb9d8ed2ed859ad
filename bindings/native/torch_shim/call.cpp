// Boxed calls of any operator: seg_value in, c10::IValue across the dispatcher, seg_value out.
#include "boundary.h"

#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/stack.h>
#include <torch/version.h>

#include <cstdlib>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

// libtorch's own optional became the standard one.
#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 5)
using OptionalTensor = std::optional<at::Tensor>;
#else
using OptionalTensor = c10::optional<at::Tensor>;
#endif

namespace {

// What an argument of a schema takes, worked out once for each operator.
enum class Accepts { tensor, tensor_list, optional_tensor_list, integer, real, boolean, number, string, int_list, real_list, bool_list, device, generator, other };

struct Parameter {
    Accepts accepts;
    bool optional;
    int32_t fixed_length;  // of "int[2]": one int stands for that many; 0 where the schema gives none
    bool has_default;
    c10::IValue default_value;
};

}  // namespace

struct seg_operator_ {
    c10::OperatorHandle handle;
    std::vector<Parameter> parameters;
    int32_t result_count;
    std::string schema;
};

namespace {

Accepts accepts_of(const c10::TypePtr& type) {
    switch (type->kind()) {
        case c10::TypeKind::TensorType: return Accepts::tensor;
        case c10::TypeKind::NumberType: return Accepts::number;
        case c10::TypeKind::IntType:
        case c10::TypeKind::SymIntType: return Accepts::integer;
        case c10::TypeKind::FloatType: return Accepts::real;
        case c10::TypeKind::BoolType: return Accepts::boolean;
        case c10::TypeKind::StringType: return Accepts::string;
        case c10::TypeKind::DeviceObjType: return Accepts::device;
        case c10::TypeKind::GeneratorType: return Accepts::generator;
        case c10::TypeKind::ListType: {
            const auto element = type->castRaw<c10::ListType>()->getElementType();
            switch (element->kind()) {
                case c10::TypeKind::TensorType: return Accepts::tensor_list;
                case c10::TypeKind::IntType:
                case c10::TypeKind::SymIntType: return Accepts::int_list;
                case c10::TypeKind::FloatType: return Accepts::real_list;
                case c10::TypeKind::BoolType: return Accepts::bool_list;
                case c10::TypeKind::OptionalType: return Accepts::optional_tensor_list;
                default: return Accepts::other;
            }
        }
        default: return Accepts::other;  // enumerations of newer schemas (ScalarType, Layout, MemoryFormat) are told apart below
    }
}

Parameter parameter_of(const c10::Argument& argument) {
    c10::TypePtr type = argument.type();
    bool optional = false;
    if (type->kind() == c10::TypeKind::OptionalType) {
        optional = true;
        type = type->castRaw<c10::OptionalType>()->getElementType();
    }
    Accepts accepts = accepts_of(type);
    if (accepts == Accepts::other) {
        const std::string name = type->str();
        if (name == "ScalarType" || name == "Layout" || name == "MemoryFormat")
            accepts = Accepts::integer;
    }
    return {accepts, optional, argument.N().value_or(0), argument.default_value().has_value(),
            argument.default_value().has_value() ? *argument.default_value() : c10::IValue()};
}

const char* kind_name(int32_t kind) {
    static const char* const names[] = {"none", "int", "double", "bool", "string", "Tensor", "list of ints", "list of doubles",
                                        "list of Tensors", "Device", "Generator", "list of bools"};
    return kind >= 0 && kind < static_cast<int32_t>(sizeof(names) / sizeof(names[0])) ? names[kind] : "unknown kind";
}

[[noreturn]] void reject(const seg_operator* op, size_t position, const seg_value& value) {
    const c10::Argument& argument = op->handle.schema().arguments()[position];
    TORCH_CHECK(false, op->handle.operator_name(), " takes a value of type ", argument.type()->str(), " for argument '", argument.name(), "' (number ",
                position + 1, "), not a ", kind_name(value.kind), ".\nIts schema: ", op->schema);
}

const seg_tensor* const* tensors_of(const seg_value& value) { return static_cast<const seg_tensor* const*>(value.pointer); }

c10::IValue int_list(const Parameter& parameter, const seg_value& value) {
    c10::List<int64_t> list;
    if (value.kind == SEG_INT_LIST) {
        list.reserve(value.length);
        const auto* elements = static_cast<const int64_t*>(value.pointer);
        for (int32_t i = 0; i < value.length; i++)
            list.push_back(elements[i]);
    } else {
        for (int32_t i = 0; i < parameter.fixed_length; i++)
            list.push_back(value.integer);
    }
    return list;
}

c10::IValue real_list(const Parameter& parameter, const seg_value& value) {
    c10::List<double> list;
    if (value.kind == SEG_DOUBLE_LIST)
        for (int32_t i = 0; i < value.length; i++)
            list.push_back(static_cast<const double*>(value.pointer)[i]);
    else if (value.kind == SEG_INT_LIST)
        for (int32_t i = 0; i < value.length; i++)
            list.push_back(static_cast<double>(static_cast<const int64_t*>(value.pointer)[i]));
    else
        for (int32_t i = 0; i < parameter.fixed_length; i++)
            list.push_back(value.real);
    return list;
}

// The argument as libtorch wants it; a kind that the schema does not take is rejected here, as the kernels only assert it.
c10::IValue to_ivalue(const seg_operator* op, size_t position, const seg_value& value) {
    const Parameter& parameter = op->parameters[position];
    if (value.kind == SEG_NONE) {
        if (!parameter.optional)
            reject(op, position, value);
        return c10::IValue();
    }
    switch (parameter.accepts) {
        case Accepts::tensor:
            if (value.kind == SEG_TENSOR)
                return seg::borrow(static_cast<const seg_tensor*>(value.pointer));
            break;
        case Accepts::integer:
            if (value.kind == SEG_INT)
                return value.integer;
            break;
        case Accepts::real:
            if (value.kind == SEG_DOUBLE)
                return value.real;
            if (value.kind == SEG_INT)
                return static_cast<double>(value.integer);
            break;
        case Accepts::boolean:
            if (value.kind == SEG_BOOL)
                return value.integer != 0;
            break;
        case Accepts::number:
            if (value.kind == SEG_INT)
                return value.integer;
            if (value.kind == SEG_DOUBLE)
                return value.real;
            if (value.kind == SEG_BOOL)
                return value.integer != 0;
            break;
        case Accepts::string:
            if (value.kind == SEG_STRING)
                return std::string(static_cast<const char*>(value.pointer), value.length);
            break;
        case Accepts::device:
            if (value.kind == SEG_DEVICE)
                return c10::Device(static_cast<c10::DeviceType>(value.length), static_cast<c10::DeviceIndex>(value.integer));
            break;
        case Accepts::generator:
            if (value.kind == SEG_GENERATOR)
                return at::Generator(c10::intrusive_ptr<c10::GeneratorImpl>::unsafe_reclaim_from_nonowning(
                    static_cast<c10::GeneratorImpl*>(const_cast<void*>(value.pointer))));
            break;
        case Accepts::int_list:
            if (value.kind == SEG_INT_LIST || (value.kind == SEG_INT && parameter.fixed_length > 0))
                return int_list(parameter, value);
            break;
        case Accepts::real_list:
            if (value.kind == SEG_DOUBLE_LIST || value.kind == SEG_INT_LIST || (value.kind == SEG_DOUBLE && parameter.fixed_length > 0))
                return real_list(parameter, value);
            break;
        case Accepts::bool_list:
            if (value.kind == SEG_BOOL_LIST) {
                c10::List<bool> list;
                for (int32_t i = 0; i < value.length; i++)
                    list.push_back(static_cast<const uint8_t*>(value.pointer)[i] != 0);
                return list;
            }
            break;
        case Accepts::tensor_list:
            if (value.kind == SEG_TENSOR_LIST) {
                c10::List<at::Tensor> list;
                list.reserve(value.length);
                for (int32_t i = 0; i < value.length; i++)
                    list.push_back(seg::borrow(tensors_of(value)[i]));
                return list;
            }
            break;
        case Accepts::optional_tensor_list:
            if (value.kind == SEG_TENSOR_LIST) {
                c10::List<OptionalTensor> list;
                list.reserve(value.length);
                for (int32_t i = 0; i < value.length; i++) {
                    at::Tensor element = seg::borrow_or_undefined(tensors_of(value)[i]);
                    list.push_back(element.defined() ? OptionalTensor(std::move(element)) : OptionalTensor());
                }
                return list;
            }
            break;
        case Accepts::other: break;
    }
    reject(op, position, value);
}

template <class T>
T* new_list(size_t length) {
    auto* list = static_cast<T*>(std::malloc(sizeof(T) * (length == 0 ? 1 : length)));
    if (list == nullptr)
        throw std::bad_alloc();
    return list;
}

seg_value from_ivalue(c10::IValue&& value) {
    seg_value result{};
    if (value.isTensor()) {
        result.pointer = seg::release(std::move(value).toTensor());
        result.kind = result.pointer == nullptr ? SEG_NONE : SEG_TENSOR;
    } else if (value.isInt()) {
        result.kind = SEG_INT;
        result.integer = value.toInt();
    } else if (value.isDouble()) {
        result.kind = SEG_DOUBLE;
        result.real = value.toDouble();
    } else if (value.isBool()) {
        result.kind = SEG_BOOL;
        result.integer = value.toBool();
    } else if (value.isSymInt()) {
        result.kind = SEG_INT;
        result.integer = value.toSymInt().expect_int();
    } else if (value.isTensorList()) {
        const c10::List<at::Tensor> tensors = std::move(value).toTensorList();
        auto* list = new_list<seg_tensor*>(tensors.size());
        for (size_t i = 0; i < tensors.size(); i++)
            list[i] = seg::release(at::Tensor(tensors.get(i)));
        result.kind = SEG_TENSOR_LIST;
        result.length = static_cast<int32_t>(tensors.size());
        result.pointer = list;
    } else if (value.isIntList()) {
        const c10::List<int64_t> integers = std::move(value).toIntList();
        auto* list = new_list<int64_t>(integers.size());
        for (size_t i = 0; i < integers.size(); i++)
            list[i] = integers.get(i);
        result.kind = SEG_INT_LIST;
        result.length = static_cast<int32_t>(integers.size());
        result.pointer = list;
    }
    return result;  // anything else: SEG_NONE
}

// A stack of arguments that keeps its memory from call to call. A call made from within a call (a callback of libtorch into C#) gets a fresh one.
class Stack {
public:
    Stack() { values_.swap(spare()); }
    ~Stack() {
        values_.clear();
        values_.swap(spare());
    }
    Stack(const Stack&) = delete;
    Stack& operator=(const Stack&) = delete;

    torch::jit::Stack& operator*() { return values_; }
    torch::jit::Stack* operator->() { return &values_; }

private:
    static torch::jit::Stack& spare() {
        static thread_local torch::jit::Stack stack;
        return stack;
    }

    torch::jit::Stack values_;
};

}  // namespace

int32_t seg_operator_find(const char* name, const char* overload, const seg_operator** out_operator) {
    return seg::guarded([&] {
        static std::mutex mutex;
        static std::unordered_map<std::string, std::unique_ptr<seg_operator>> known;
        const std::string key = std::string(name) + '.' + overload;
        const std::lock_guard<std::mutex> lock(mutex);
        auto& entry = known[key];
        if (entry == nullptr) {
            const auto handle = c10::Dispatcher::singleton().findSchema({name, overload});
            if (!handle.has_value()) {
                known.erase(key);
                TORCH_CHECK(false, "libtorch ", seg_torch_version(), " has no operator '", name, "'",
                            *overload == '\0' ? "" : " with the overload '", overload, *overload == '\0' ? "" : "'");
            }
            std::vector<Parameter> parameters;
            for (const c10::Argument& argument : handle->schema().arguments())
                parameters.push_back(parameter_of(argument));
            std::ostringstream schema;
            schema << handle->schema();
            entry.reset(new seg_operator{*handle, std::move(parameters), static_cast<int32_t>(handle->schema().returns().size()), schema.str()});
        }
        *out_operator = entry.get();
    });
}

const char* seg_operator_schema(const seg_operator* op) { return op->schema.c_str(); }

int32_t seg_operator_result_count(const seg_operator* op) { return op->result_count; }

int32_t seg_call(const seg_operator* op, const seg_value* arguments, int32_t argument_count, seg_value* out_results, int32_t result_capacity,
                 int32_t* out_result_count) {
    return seg::guarded([&] {
        const size_t given = static_cast<size_t>(argument_count);
        const size_t wanted = op->parameters.size();
        TORCH_CHECK(given <= wanted, op->handle.operator_name(), " takes ", wanted, " arguments, not ", given, ".\nIts schema: ", op->schema);
        Stack stack;
        stack->reserve(wanted);
        for (size_t i = 0; i < given; i++)
            stack->push_back(to_ivalue(op, i, arguments[i]));
        for (size_t i = given; i < wanted; i++) {
            const Parameter& parameter = op->parameters[i];
            TORCH_CHECK(parameter.has_default || parameter.optional, op->handle.operator_name(), " was given ", given,
                        " arguments; argument '", op->handle.schema().arguments()[i].name(), "' (number ", i + 1,
                        ") has no default.\nIts schema: ", op->schema);
            stack->push_back(parameter.default_value);
        }
        op->handle.callBoxed(*stack);
        TORCH_CHECK(static_cast<int32_t>(stack->size()) <= result_capacity, op->handle.operator_name(), " has ", stack->size(),
                    " results, more than the ", result_capacity, " that fit");
        *out_result_count = static_cast<int32_t>(stack->size());
        for (size_t i = 0; i < stack->size(); i++)
            out_results[i] = from_ivalue(std::move((*stack)[i]));
    });
}

void seg_list_free(const void* list) { std::free(const_cast<void*>(list)); }
